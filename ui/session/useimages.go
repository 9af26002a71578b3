package session

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/image"
	"conductor-registry/model/registry"
)

// Understood holds the answers that a pasted text gave.
type Understood struct {
	Text    string   // one line: the registry, the images, the tag, what was guessed and left out
	Changed []string // paths of the answers that changed
	Whole   bool     // it answered the registry; else only images and tags of the present one
}

// UseImages answers all questions that the image names in a pasted text answer, whatever field has the focus. It
// returns false, and nothing changed, when the text contains no image name of a registry that a preset describes.
func (d *Draft) UseImages(f answers.Field, text string) (Understood, bool) {
	names := d.Catalog.Components(d.Answers)
	given := pastedImages(text, names)
	if len(given) == 0 || f.Path == "environments" {
		return Understood{}, false
	}
	at := answers.ParsePath(f.Path)
	images := assign(given, names, at.Component)
	if u, ok := d.useBelow(at, given, images); ok {
		return u, true
	}
	for _, one := range images { // a path below a registry looks like a name on Docker Hub
		if !one.isWhole && f.Page > answers.Registry {
			return Understood{}, false
		}
	}
	found, ok := d.recognise(images, names)
	if !ok {
		return Understood{}, false
	}
	p := &pasting{draft: d, at: answers.Path{Environment: at.Environment}, names: names}
	p.whole(f, images, found)
	p.inherit()
	return Understood{
		Text:    p.text(found.Preset.Title+" "+found.Address.Registry, images),
		Changed: p.changed,
		Whole:   true,
	}, true
}

// assign returns the images by component: by name, else by the question's component, else in the order of the chart.
func assign(given []pastedImage, names []string, asked string) map[string]pastedImage {
	out := map[string]pastedImage{}
	var rest []pastedImage
	for _, one := range given {
		c := cmp.Or(componentIn(one.path[strings.LastIndex(one.path, "/")+1:], names), asked)
		if _, taken := out[c]; c == "" || taken {
			rest = append(rest, one)
			continue
		}
		out[c] = one
	}
	for _, one := range rest {
		for _, c := range names {
			if _, taken := out[c]; !taken {
				out[c] = one
				break
			}
		}
	}
	return out
}

// useBelow answers an image question with an image of the registry that is answered already: only path and tag change.
func (d *Draft) useBelow(at answers.Path, given []pastedImage, images map[string]pastedImage) (Understood, bool) {
	if at.Leaf != "repository" && at.Leaf != "tag" {
		return Understood{}, false
	}
	if len(given) == 1 && at.Component != "" { // whatever its name says
		images = map[string]pastedImage{at.Component: given[0]}
	}
	images = maps.Clone(images)
	fields := d.Answers.Registry(at.Environment, at.Component)
	preset, ok := d.Catalog.Registries.Preset(fields["provider"])
	if !ok {
		return Understood{}, false
	}
	location, wrong := preset.Locate(fields)
	p := &pasting{draft: d, at: answers.Path{Environment: at.Environment}}
	for _, name := range slices.Sorted(maps.Keys(images)) {
		one := images[name]
		path, below := strings.CutPrefix(one.host+"/"+one.path, location.Registry()+"/")
		switch {
		case below && len(wrong) == 0:
			one.path = path
		case one.isWhole || one.tag+one.digest == "":
			return Understood{}, false
		}
		images[name] = one
	}
	d.remember(at.String())
	p.images(images)
	p.inherit()
	return Understood{Text: p.text("", images), Changed: p.changed}, true
}

// recognise returns the registry of the first image and its fields. It prefers one that the other images share, then
// the longest address.
func (d *Draft) recognise(images map[string]pastedImage, names []string) (registry.Found, bool) {
	var first pastedImage
	var others []pastedImage
	for _, name := range names {
		switch one, given := images[name]; {
		case given && first.host == "":
			first = one
		case given:
			others = append(others, one)
		}
	}
	var shared, own []registry.Address
	parts := strings.Split(first.path, "/")
	for n := range slices.Backward(parts) {
		a := registry.Address{Registry: strings.Join(append([]string{first.host}, parts[:n]...), "/"),
			Repository: strings.Join(parts[n:], "/")}
		own = append(own, a)
		if !slices.ContainsFunc(others, func(o pastedImage) bool {
			return !strings.HasPrefix(o.host+"/"+o.path, a.Registry+"/")
		}) {
			shared = append(shared, a)
		}
	}
	if found, ok := d.Catalog.Registries.Recognise(shared...); ok {
		return found, true
	}
	return d.Catalog.Registries.Recognise(own...)
}

// pasting sets the answers of pasted images.
type pasting struct {
	draft   *Draft
	at      answers.Path // the environment, or all
	names   []string
	changed []string
	guessed []string // components whose image was guessed
	notes   []string
}

func (p *pasting) set(component, leaf, value string) {
	at := p.at
	at.Component, at.Leaf = component, leaf
	p.draft.set(at.String(), value)
	p.changed = append(p.changed, at.String())
}

// inherit removes the answers of an environment that are the same for all, and answers with nothing what the others have
// and the pasted images do not.
func (p *pasting) inherit() {
	if p.at.Environment == "" {
		return
	}
	a, done := p.draft.Answers, map[string]bool{}
	for _, path := range p.changed {
		if done[path] {
			continue
		}
		done[path] = true
		at, own := answers.ParsePath(path), a.Get(path)
		a.Unset(path)
		if inherited := a.Lookup(at).Text; inherited != own && (own != "" || at.IsRegistryField()) {
			a.Set(path, own)
		}
	}
}

// provider answers a registry.
func (p *pasting) provider(component string, found registry.Found) {
	at := p.at
	at.Component, at.Leaf = component, "registry.provider"
	p.changed = append(append(p.changed, at.String()), p.draft.changeProvider(at.String(), found.Preset.ID)...)
	for _, f := range found.Preset.Fields {
		p.set(component, "registry."+f.ID, found.Fields[f.ID])
	}
}

// whole answers the registry and the images.
func (p *pasting) whole(f answers.Field, images map[string]pastedImage, found registry.Found) {
	p.draft.remember(f.Path)
	p.provider("", found)
	var known string
	for _, name := range p.names {
		one, given := images[name]
		if !given {
			continue
		}
		path, below := strings.CutPrefix(one.host+"/"+one.path, found.Address.Registry+"/")
		if !below { // from a registry of its own
			own, ok := p.draft.recognise(map[string]pastedImage{name: one}, []string{name})
			if !ok {
				continue
			}
			p.provider(name, own)
			p.set("", "pattern", "per-component")
			path, one.registry = own.Address.Repository, own.Address.Registry
		}
		one.path = path
		images[name] = one
		if known == "" {
			known = name
		}
	}
	for _, name := range p.names {
		if _, given := images[name]; given {
			continue
		}
		if path := sibling(images[known].path, known, name); path != "" {
			p.set(name, "repository", path)
			p.guessed = append(p.guessed, name+" "+path)
		}
	}
	p.images(images)
}

// images answers the paths and tags of images. The tag of the first image is the one of all; a digest belongs to one.
func (p *pasting) images(images map[string]pastedImage) {
	common := ""
	for _, name := range slices.Sorted(maps.Keys(images)) {
		one := images[name]
		p.notes = append(p.notes, one.notes...)
		if one.path != "" {
			p.set(name, "repository", one.path)
		}
		if common == "" && one.tag != "" {
			common = one.tag
			p.set("", "tag", common)
		}
		tag := one.tag
		if one.digest != "" {
			if tag == "" {
				f, _ := p.draft.Catalog.Field(p.draft.Answers, "tag")
				tag, _, _ = strings.Cut(p.draft.Effective(f), "@")
				p.notes = append(p.notes, "the digest decides, not the tag "+tag)
			}
			tag += "@" + one.digest
		}
		if tag != common && tag != "" {
			p.set(name, "tag", tag)
		}
	}
}

// text returns one line about what was understood.
func (p *pasting) text(where string, images map[string]pastedImage) string {
	var parts []string
	if where != "" {
		parts = append(parts, where)
	}
	for _, name := range slices.Sorted(maps.Keys(images)) {
		one := images[name]
		text := name + " " + one.path
		if one.tag != "" {
			text += ":" + one.tag
		}
		if one.digest != "" {
			text += "@" + image.ShortDigest(one.digest)
		}
		if one.registry != "" {
			text += " from " + one.registry
		}
		parts = append(parts, text)
	}
	for _, guess := range p.guessed {
		parts = append(parts, guess+" (guessed)")
	}
	notes := slices.Compact(slices.Sorted(slices.Values(p.notes)))
	return "understood: " + strings.Join(append(parts, notes...), ", ")
}
