package session

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/answers"
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
