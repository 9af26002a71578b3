package registry

import (
	"maps"
	"strings"
)

// Normalised is an answer in the form that registries use.
type Normalised struct {
	Value  string            // of the field that was entered
	Fields map[string]string // answers of other fields that a pasted address contains
	Notes  []string          // what was changed: "removed https://", "changed to lower case"
}

// Normalise fixes what people paste into a field: spaces, a scheme, slashes and upper case are removed, a whole address
// is split into the fields that it answers. Given are the answers of the other fields. Check explains what cannot be
// fixed.
func (p *Preset) Normalise(id, value string, given map[string]string) Normalised {
	f, ok := p.Field(id)
	if !ok || len(f.Choices) > 0 {
		return Normalised{Value: strings.TrimSpace(value)}
	}
	n := Normalised{}
	text, hadScheme := n.trim(value, f.Kind == "host")
	typed, below, _ := strings.Cut(text, "/")
	host := strings.ToLower(typed)
	if f.Kind == "host" || p.MatchesHost(host) || hadScheme && p.AnyHost && CheckHost(host) == nil {
		n.splitAddress(p, f, host, below, given)
		text = n.Value
		if host != typed {
			n.note("changed to lower case")
		}
	}
	if lower := strings.ToLower(text); f.Lower && lower != text {
		text = lower
		n.note("changed to lower case")
	}
	n.Value = text
	return n
}

func (n *Normalised) note(text string) { n.Notes = append(n.Notes, text) }

// trim removes spaces, the scheme, and slashes at the ends.
func (n *Normalised) trim(value string, isHost bool) (text string, hadScheme bool) {
	text = strings.TrimSpace(value)
	if text != value {
		n.note("removed spaces")
	}
	if scheme, rest, ok := strings.Cut(text, "://"); ok && isScheme(scheme) {
		text, hadScheme = rest, true
		n.note("removed " + scheme + "://")
	}
	if trimmed := strings.TrimRight(text, "/"); trimmed != text {
		text = trimmed
		n.note("removed the slash at the end")
	}
	if trimmed := strings.TrimLeft(text, "/"); trimmed != text && !isHost {
		text = trimmed
		n.note("removed the slash at the start")
	}
	return text, hadScheme
}

func isScheme(text string) bool {
	return text != "" && strings.Trim(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz") == ""
}

// splitAddress splits host and path into the fields that they answer; the answer of f is Value. A host that was entered
// as host stays whole: Locate reads the other fields from it.
func (n *Normalised) splitAddress(p *Preset, f Field, host, path string, given map[string]string) {
	rule, implied := p.hostRule(host)
	fields := map[string]string{}
	if rule == nil || rule.Keep || f.Kind == "host" {
		fields["host"] = host
	}
	if f.Kind != "host" {
		maps.Copy(fields, implied)
	}
	if path = strings.Trim(path, "/"); path != "" {
		if image := p.splitPath(fields, path, given); image != "" {
			n.note("left out " + image + ", which is part of one image")
		}
	}
	n.Value = fields[f.ID]
	delete(fields, f.ID)
	if len(fields) > 0 {
		n.Fields = fields
	}
}

// splitPath answers the fields that the path of an image name contains, each with as few parts as make a valid answer,
// and the field path with the rest. Of a path with a tag or digest it returns the last part, which belongs to one image.
func (p *Preset) splitPath(fields map[string]string, path string, given map[string]string) (image string) {
	all := maps.Clone(given)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, fields)
	parts := strings.Split(p.trimDropPath(path), "/")
	if last := len(parts) - 1; strings.ContainsAny(parts[last], ":@") {
		image, parts = parts[last], parts[:last]
	}
	for placeholder := range strings.SplitSeq(p.pathTemplate(p.form(p.withDefaults(all))), "/") {
		f, ok := p.Field(strings.Trim(placeholder, "{}"))
		if !ok || len(parts) == 0 {
			continue
		}
		n := f.countParts(parts)
		value := strings.Join(parts[:n], "/")
		parts = parts[n:]
		if f.Lower {
			value = strings.ToLower(value)
		}
		if value != "" {
			fields[f.ID] = value
		}
	}
	return strings.Trim(strings.Join(append(parts, image), "/"), "/")
}

// countParts returns how many parts at the start of a path belong to the field.
func (f Field) countParts(parts []string) int {
	if f.Kind == "path" {
		return len(parts)
	}
	for n := 1; n <= len(parts); n++ {
		if f.Pattern.Match(strings.ToLower(strings.Join(parts[:n], "/"))) {
			return n
		}
	}
	return 1
}

// trimDropPath removes the longest start of path that DropPath matches.
func (p *Preset) trimDropPath(path string) string {
	if p.DropPath == nil {
		return path
	}
	for end := len(path); end > 0; end-- {
		if p.DropPath.Match(path[:end]) {
			return path[end:]
		}
	}
	return path
}
