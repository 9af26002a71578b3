package registry

import (
	"maps"
	"slices"
	"strings"
)

// Address is an image name without its tag, in two parts: a registry, host[/path], and what stands below it.
type Address struct{ Registry, Repository string }

// Found is a registry that was recognised in an image name: the answers that lead to the address again.
type Found struct {
	Preset  *Preset
	Fields  map[string]string // only those that are not the preset's defaults
	Address Address
}

// Recognise finds the preset and the fields that give one of the addresses exactly, the likelier address first. A
// preset that knows the host comes before one that takes any host and is named in it, as in harbor.example.com; the
// last preset takes what is left. It is false when no preset can be at these addresses.
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
	return last.recognise(addresses, func(string) bool { return true })
}

// isNamedIn tells whether the first label of a host is a word that people know the registry by.
func (p *Preset) isNamedIn(host string) bool {
	label, _, _ := strings.Cut(host, ".")
	return slices.Contains(p.Keywords, label)
}

// recognise inverts Locate, for hosts that the preset is to be tried with. Forms that make the host from fields come
// first: an answer of a host of one's own is for other hosts. Then the defaults of choices come before the others.
func (p *Preset) recognise(addresses []Address, takes func(host string) bool) (Found, bool) {
	addresses = slices.DeleteFunc(slices.Clone(addresses), func(a Address) bool { return !takes(a.host()) })
	if len(addresses) == 0 {
		return Found{}, false
	}
	for _, own := range []bool{false, true} {
		for _, chosen := range p.combinations() {
			for _, form := range p.Forms {
				if strings.Contains(form.Host, "{host}") != own {
					continue
				}
				if found, ok := p.invert(form, chosen, addresses); ok {
					return found, true
				}
			}
		}
	}
	return Found{}, false
}

// invert finds the fields for which a form may give one of the addresses, and has Locate say that they do.
func (p *Preset) invert(form Form, chosen map[string]string, addresses []Address) (Found, bool) {
	host, path := p.reading(form.Host, chosen), p.reading(form.Path, chosen)
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

// combinations are all answers to the fields with choices, the defaults first.
func (p *Preset) combinations() []map[string]string {
	all := []map[string]string{{}}
	for _, f := range p.Fields {
		values := []string{f.Default}
		for _, c := range f.Choices {
			if c.Value != f.Default {
				values = append(values, c.Value)
			}
		}
		if len(f.Choices) == 0 {
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

// fields are what the groups of two patterns make of the address. A host that is only part of the address is none.
func (a Address) fields(host, path *Pattern) (map[string]string, bool) {
	out, ok := host.groups(a.host())
	below, okBelow := path.groups(strings.TrimPrefix(strings.TrimPrefix(a.Registry, a.host()), "/"))
	if own, given := out["host"]; !ok || !okBelow || given && own != a.host() {
		return nil, false
	}
	maps.Copy(out, below)
	return out, true
}

// reading is a template as a pattern with a group for each field, each as short as can be.
func (p *Preset) reading(template string, chosen map[string]string) *Pattern {
	return NewPattern("(?U)" + expand(strings.ReplaceAll(template, ".", `\.`), func(name string) (string, bool) {
		f, known := p.Field(name)
		look := ".*"
		switch value, isChosen := chosen[name]; {
		case !known:
			return "", false
		case isChosen:
			return value, true
		case f.Pattern != nil:
			look = f.Pattern.text
		}
		return "(?P<" + name + ">" + look + ")", true
	}))
}
