package registry

import (
	"maps"
	"strings"
)

// Normalised is an answer as registries write it.
type Normalised struct {
	Value  string            // of the field that was typed in
	Fields map[string]string // other fields that a pasted address answers too
	Notes  []string          // what was changed: "removed https://", "made lower case"
}

// Normalise mends what people paste into a field: blanks, a scheme, slashes, upper case, or a whole address, which is
// taken apart into the fields it answers. What it can't mend stays for Check to explain.
func (p *Preset) Normalise(id, value string) Normalised {
	f, ok := p.Field(id)
	if !ok || len(f.Choices) > 0 {
		return Normalised{Value: strings.TrimSpace(value)}
	}
	n := Normalised{}
	text, hadScheme := n.tidy(value, f.Kind == "host")
	typed, below, _ := strings.Cut(text, "/")
	host := strings.ToLower(typed)
	if f.Kind == "host" || p.MatchesHost(host) || hadScheme && p.AnyHost && CheckHost(host) == nil {
		n.address(p, f, host, below)
		text = n.Value
		if host != typed {
			n.note("made lower case")
		}
	}
	if lower := strings.ToLower(text); f.Lower && lower != text {
		text = lower
		n.note("made lower case")
	}
	n.Value = text
	return n
}

func (n *Normalised) note(text string) { n.Notes = append(n.Notes, text) }

// tidy takes away blanks, scheme and slashes at the ends.
func (n *Normalised) tidy(value string, isHost bool) (text string, hadScheme bool) {
	text = strings.TrimSpace(value)
	if text != value {
		n.note("removed blanks")
	}
	if scheme, rest, ok := strings.Cut(text, "://"); ok && isName(scheme) {
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

// address takes host and path apart into the fields they answer; that of f itself comes out in Value. A host typed in
// as such stays whole: Locate reads the rest from it.
func (n *Normalised) address(p *Preset, f Field, host, path string) {
	rule, said := p.rule(host)
	fields := map[string]string{}
	if rule == nil || rule.Keep || f.Kind == "host" {
		fields["host"] = host
	}
	if f.Kind != "host" {
		maps.Copy(fields, said)
	}
	if path = strings.Trim(path, "/"); path != "" {
		if rest := p.fromPath(fields, path); rest != "" {
			n.note("left out " + rest)
		}
	}
	n.Value = fields[f.ID]
	delete(fields, f.ID)
	if len(fields) > 0 {
		n.Fields = fields
	}
}

// fromPath answers the fields that the path of an image name holds, each with as few of its parts as make a right
// answer, and returns what is left over.
func (p *Preset) fromPath(fields map[string]string, path string) (rest string) {
	all := p.complete(fields)
	maps.Copy(all, fields)
	parts := strings.Split(p.withoutPrefix(path), "/")
	for name := range strings.SplitSeq(p.form(all).Path, "/") {
		f, ok := p.Field(strings.Trim(name, "{}"))
		if !ok || len(parts) == 0 {
			continue
		}
		n := f.parts(parts)
		value := strings.Join(parts[:n], "/")
		parts = parts[n:]
		if f.Kind == "path" { // a tag or digest is no part of it
			if i := strings.IndexAny(value, ":@"); i >= 0 {
				value, parts = value[:i], []string{value[i:]}
			}
		}
		if f.Lower {
			value = strings.ToLower(value)
		}
		if value != "" {
			fields[f.ID] = value
		}
	}
	return strings.Join(parts, "/")
}

// parts says how many parts of a path belong to the field.
func (f Field) parts(parts []string) int {
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

// withoutPrefix takes the longest start away that DropPath matches.
func (p *Preset) withoutPrefix(path string) string {
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
