package registry

import (
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// Address is an image name without its tag, split into the registry, host[/path], and the image path below it.
type Address struct{ Registry, Repository string }

// Found is a registry that was recognised in an image name, with the answers that lead to that address.
type Found struct {
	Preset  *Preset
	Fields  map[string]string // without those that are the preset's defaults
	Address Address
}

// Recognise returns the preset and the fields that lead to exactly one of the addresses, which are given in order of
// preference. Presets that recognise the host are tried first, then those that accept any host and have a keyword in it,
// as in harbor.example.com, then the last preset. It returns false when none leads to any of the addresses.
func (c *Catalog) Recognise(addresses ...Address) (Found, bool) {
	presets, err := c.All()
	if err != nil || len(presets) == 0 {
		return Found{}, false
	}
	for _, p := range presets {
		if found, ok := p.recognise(addresses, p.MatchesHost); ok {
			return found, true
		}
	}
	for _, p := range presets {
		if found, ok := p.recognise(addresses, p.isNamedIn); ok && p.AnyHost {
			return found, true
		}
	}
	last := presets[len(presets)-1]
	return last.recognise(addresses, func(host string) bool { return c.CheckName(host, "") == nil })
}

// RecogniseImage recognises the registry of an image name, with or without a tag, with as much of the path as possible
// in the image's own path.
func (c *Catalog) RecogniseImage(name string) (Found, bool) {
	name, _ = image.SplitTag(name)
	host := image.Host(name)
	if host == "" {
		return Found{}, false
	}
	parts := strings.Split(strings.TrimPrefix(name, host+"/"), "/")
	var splits []Address
	for i := range parts {
		splits = append(splits, Address{Registry: strings.Join(append([]string{host}, parts[:i]...), "/"),
			Repository: strings.Join(parts[i:], "/")})
	}
	return c.Recognise(splits...)
}

// isNamedIn reports whether the first label of a host is one of the preset's keywords.
func (p *Preset) isNamedIn(host string) bool {
	label, _, _ := strings.Cut(host, ".")
	return slices.Contains(p.Keywords, label)
}

// recognise inverts Locate, for the hosts that accepts reports. It prefers forms that make the host from other fields
// than host, then the defaults of fields with choices.
func (p *Preset) recognise(addresses []Address, accepts func(host string) bool) (Found, bool) {
	addresses = slices.DeleteFunc(slices.Clone(addresses), func(a Address) bool { return !accepts(a.host()) })
	if len(addresses) == 0 {
		return Found{}, false
	}
	for _, fromHost := range []bool{false, true} {
		for _, chosen := range p.combinations() {
			for _, form := range p.Forms {
				if strings.Contains(form.Host, "{host}") != fromHost {
					continue
				}
				for _, path := range slices.Compact([]string{form.Path, p.pathTemplate(form)}) {
					if found, ok := p.invert(Form{Host: form.Host, Path: path}, chosen, addresses); ok {
						return found, true
					}
				}
			}
		}
	}
	return Found{}, false
}

// invert returns the fields for which a form leads to one of the addresses, checked by Locate.
func (p *Preset) invert(form Form, chosen map[string]string, addresses []Address) (Found, bool) {
	host, errHost := p.templatePattern(form.Host, chosen)
	path, errPath := p.templatePattern(form.Path, chosen)
	if errHost != nil || errPath != nil {
		return Found{}, false
	}
	for _, a := range addresses {
		fields, ok := a.fields(host, path)
		if !ok {
			continue
		}
		maps.Copy(fields, chosen)
		maps.DeleteFunc(fields, func(id, value string) bool { f, _ := p.Field(id); return value == f.Default })
		at, wrong := p.Locate(fields)
		if len(wrong) == 0 && at.Registry() == a.Registry && p.CheckRepository(a.Repository) == nil {
			return Found{p, fields, a}, true
		}
	}
	return Found{}, false
}

func (a Address) host() string {
	host, _, _ := strings.Cut(a.Registry, "/")
	return host
}

// isInForms reports whether host and path depend on a field.
func (p *Preset) isInForms(id string) bool {
	return slices.ContainsFunc(p.Forms, func(f Form) bool {
		_, isCondition := f.When[id]
		return isCondition || strings.Contains(f.Host+f.Path, "{"+id+"}")
	})
}

// combinations returns every combination of answers to the fields with choices that decide host and path, defaults first.
func (p *Preset) combinations() []map[string]string {
	all := []map[string]string{{}}
	for _, f := range p.Fields {
		values := []string{f.Default}
		for _, c := range f.Choices {
			if c.Value != f.Default {
				values = append(values, c.Value)
			}
		}
		if len(f.Choices) == 0 || !p.isInForms(f.ID) {
			continue
		}
		var next []map[string]string
		for _, value := range values {
			for _, before := range all {
				with := maps.Clone(before)
				with[f.ID] = value
				next = append(next, with)
			}
		}
		all = next
	}
	return all
}

// fields returns the named groups of two patterns in the address. It returns false when they do not match, or when the
// group host is only part of the address's host.
func (a Address) fields(host, path *Pattern) (map[string]string, bool) {
	out, ok := host.groups(a.host())
	below, okBelow := path.groups(strings.TrimPrefix(strings.TrimPrefix(a.Registry, a.host()), "/"))
	if own, given := out["host"]; !ok || !okBelow || given && own != a.host() {
		return nil, false
	}
	maps.Copy(out, below)
	return out, true
}

// templatePattern turns a template into a pattern with a group for each field, which matches as little as possible.
// Fields that are chosen already become their answer.
func (p *Preset) templatePattern(template string, chosen map[string]string) (*Pattern, error) {
	return NewPattern("(?U)" + model.Expand(strings.ReplaceAll(template, ".", `\.`), func(name string) (string, bool) {
		f, known := p.Field(name)
		expression := ".*"
		switch value, isChosen := chosen[name]; {
		case !known:
			return "", false
		case isChosen:
			return value, true
		case f.Pattern != nil:
			expression = f.Pattern.text
		}
		return "(?P<" + name + ">" + expression + ")", true
	}))
}
