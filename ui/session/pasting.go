package session

import (
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/image"
	"conductor-registry/model/registry"
)

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
	p.changed = append(append(p.changed, at.String()), p.draft.set(at.String(), value)...)
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
		p.draft.followTag(path)
	}
}

// provider answers a registry.
func (p *pasting) provider(component string, found registry.Found) {
	at := p.at
	at.Component, at.Leaf = component, answers.ProviderLeaf
	p.changed = append(append(p.changed, at.String()), p.draft.changeProvider(at.String(), found.Preset.ID)...)
	for _, f := range found.Preset.Fields {
		p.set(component, "registry."+f.ID, found.Fields[f.ID])
	}
}

// clear removes what another image answered for components: tags, and for all environments registries and paths.
func (p *pasting) clear() {
	for _, name := range p.names {
		p.set(name, "tag", "")
		if own := (answers.Path{Component: name, Leaf: answers.ProviderLeaf}).String(); p.at.Environment == "" {
			p.set(name, "repository", "")
			p.changed = append(append(p.changed, own), p.draft.changeProvider(own, "")...)
		}
	}
}

// whole answers the registry and the images.
func (p *pasting) whole(f answers.Field, images map[string]pastedImage, found registry.Found) {
	p.draft.remember(f.Path)
	p.clear()
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
			if pattern := p.draft.patternFor(name); pattern != "" {
				p.set("", "pattern", pattern)
			}
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

// patternFor returns the pattern of the chart, other than the default, that writes a registry for a component of its own;
// "" for none.
func (d *Draft) patternFor(component string) string {
	profile := d.Catalog.Profile(d.Answers, "")
	for _, o := range profile.Patterns {
		if o.ID != profile.DefaultPattern() && profile.WritesIn(component+".registry", o.ID) {
			return o.ID
		}
	}
	return ""
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
