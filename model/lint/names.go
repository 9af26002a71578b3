package lint

import (
	"net/netip"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/values"
)

const imageUnparsable = "image-unparsable"

// misspelling returns the first rule of spelling that a registry or repository breaks; "" for none.
func misspelling(text string) string {
	switch {
	case strings.Contains(text, "://"):
		return "registry-scheme"
	case trimSlashes(text) != text:
		return "registry-slash"
	case lowerName(text) != text:
		return "upper-case"
	}
	return ""
}

// namePart is a registry or a repository that the user's values set.
type namePart struct {
	path, text string
	isRegistry bool
}

// nameParts returns the registries and repositories that the user's values set, each key once.
func (c *checker) nameParts() []namePart {
	var out []namePart
	known := map[string]bool{}
	for _, r := range c.components {
		for _, p := range []namePart{
			{r.Trace.Registry.From, textOf(r.Trace.Registry), true}, {r.Trace.Repository.From, textOf(r.Trace.Repository), false},
		} {
			if p.text != "" && values.Placeholder(p.text) == "" && c.isSet(p.path) && !known[p.path] {
				known[p.path] = true
				out = append(out, p)
			}
		}
	}
	return out
}

func (c *checker) checkSpelling() {
	for _, p := range c.nameParts() {
		rule := misspelling(p.text)
		if rule == "" {
			continue
		}
		f := found{rule: rule, path: p.path, facts: facts{"value": quote(p.text)}}
		f.fix, f.changes = fixName(p)
		c.report(f)
	}
}

// checkImages reports image names that cannot be parsed, at the part without which they could be.
func (c *checker) checkImages() {
	for _, r := range c.components {
		err := image.Check(r.Image)
		if err == nil || r.hasPlaceholder() || values.Placeholder(textOf(r.Trace.Tag)) != "" {
			continue
		}
		part, isTag := invalidPart(r.Trace)
		fix, changes := fixName(part)
		if isTag {
			fix, changes = fixTag(part.path, part.text)
		}
		f := found{rule: imageUnparsable, path: part.path, image: r.Image, fix: fix, changes: changes,
			facts: facts{"component": r.name, "image": quote(r.Image), "reason": err.Error()}}
		if host, rest := r.hostBelow(); host != "" {
			own := c.registryOf(r.name)
			f.path, f.facts["host"], f.facts["registry"] = r.Trace.Repository.From, host, textOf(r.Trace.Registry)
			f.why = "{registry} is put before it, and a host with a port can only be first"
			f.fix = "set " + own + " to " + quote(host) + " and {path} to " + quote(rest)
			if !c.isSet(own) {
				f.changes = []values.Change{{Path: own, Value: values.Quote(host)}, {Path: f.path, Value: values.Quote(rest)}}
			}
		}
		c.report(f)
	}
}

// invalidPart returns the part of an image name that cannot be parsed, the tag first: it is the likeliest.
func invalidPart(t chart.Trace) (part namePart, isTag bool) {
	registry, repository, tag := textOf(t.Registry), textOf(t.Repository), textOf(t.Tag)
	prefix := registry + "/"
	if registry == "" {
		prefix = ""
	}
	switch {
	case image.Check(prefix+repository+":1") == nil:
		return namePart{path: t.Tag.From, text: tag}, true
	case registry != "" && image.Check(prefix+"a:"+tag) != nil && image.Check(repository+":"+tag) == nil:
		return namePart{t.Registry.From, registry, true}, false
	}
	return namePart{path: t.Repository.From, text: repository}, false
}

// fixName returns how to write a registry or repository, as words and as an edit, so that it breaks no rule. Both are
// empty where that is not known. Where something is missing or a tag has to move there are only words.
func fixName(p namePart) (words string, changes []values.Change) {
	right, tag := correctName(p.text)
	whole := right + ":1"
	if p.isRegistry {
		whole = right + "/a:1"
	}
	host, _, _ := strings.Cut(right, "/")
	switch {
	case image.HasLogin(p.text) && image.Check(whole) == nil:
		return "write " + quote(right) + ": an image name has no credentials; they belong in the pull secret", nil
	case right == "" || image.Check(whole) != nil:
		return "", nil
	case p.isRegistry && image.Host(whole) == "docker.io" && !image.IsDockerHub(host):
		return "write the full host before it, for example " + quote("registry.example.com/"+right), nil
	case !p.isRegistry && looksLikeHost(right):
		return "write the path behind it, for example " + quote(right+"/conductor/server"), nil
	case strings.Contains(tag, "@"):
		return "write " + quote(right) + " and put the digest behind the tag: 5.2.42@sha256:<64 hex digits>", nil
	case tag != "":
		return "write " + quote(right) + " and set the tag key to " + quote(tag[1:]), nil
	}
	return "write " + quote(right), []values.Change{{Path: p.path, Value: values.Quote(right)}}
}

// correctName returns a registry or repository in the form that every rule accepts: no scheme, credentials or quotes, no
// spaces around it, single slashes, an IPv6 address in brackets, lower case. A tag or digest behind it is returned apart,
// with its colon or at sign.
func correctName(text string) (name, tag string) {
	text = unquoted(text)
	if _, rest, found := strings.Cut(text, "://"); found {
		text = rest
	}
	if image.HasLogin(text) {
		_, text, _ = strings.Cut(text, "@")
	}
	text = trimSlashes(text)
	host, rest, _ := strings.Cut(text, "/")
	if address, err := netip.ParseAddr(host); err == nil && address.Is6() {
		return strings.TrimSuffix("["+strings.ToLower(host)+"]/"+strings.ToLower(rest), "/"), ""
	}
	name, tag = cutTag(text)
	return strings.ToLower(name), tag
}

// unquoted returns text without spaces and quotes around it: a shell passes some on.
func unquoted(text string) string { return strings.Trim(text, " \t\r\n\"'") }

// lowerName returns a name in lower case but for its tag or digest.
func lowerName(text string) string {
	name, tag := cutTag(text)
	return strings.ToLower(name) + tag
}

// trimSlashes leaves single slashes between words.
func trimSlashes(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(c rune) bool { return c == '/' }), "/")
}

// cutTag cuts the tag or digest off a name that has a path: in a name without one, what follows a colon is a port.
func cutTag(name string) (repository, tag string) {
	if !strings.Contains(name, "/") {
		return name, ""
	}
	return image.SplitTag(name)
}
