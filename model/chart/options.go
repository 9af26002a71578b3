package chart

import "slices"

// Pattern returns the pattern with that id, or the zero Option.
func (p *Profile) Pattern(id string) Option { return option(p.Patterns, id) }

// Method returns the pull-secret method with that id, or the zero Option.
func (p *Profile) Method(id string) Option { return option(p.Methods, id) }

func option(options []Option, id string) Option {
	if i := slices.IndexFunc(options, func(o Option) bool { return o.ID == id }); i >= 0 {
		return options[i]
	}
	return Option{}
}

// Chosen returns the pattern that is written for id: the one that replaces it where the chart has no keys for it.
func (p *Profile) Chosen(id string) string {
	if as := p.Pattern(id).As; as != "" {
		return as
	}
	return id
}

// DefaultPattern returns the first pattern that the chart has keys for; "" when there is none.
func (p *Profile) DefaultPattern() string {
	if i := slices.IndexFunc(p.Patterns, func(o Option) bool { return o.Missing == "" }); i >= 0 {
		return p.Patterns[i].ID
	}
	return ""
}

// SecretKeys returns the keys by which values name a pull secret that exists already.
func (p *Profile) SecretKeys() []string {
	var out []string
	for _, s := range p.Settings {
		if s.Value == "secret.name" && slices.Contains(s.Methods, "existing") {
			out = append(out, s.Path)
		}
	}
	return out
}

// OwnsSecret reports whether the chart creates a pull secret that always has this name.
func (p *Profile) OwnsSecret(name string) bool {
	return name != "" && slices.ContainsFunc(p.Secrets, func(s Secret) bool { return s.Literal == name })
}

// Applies reports whether the setting is written for a pattern and a pull-secret method.
func (s Setting) Applies(pattern, method string) bool {
	return isListed(s.Patterns, pattern) && isListed(s.Methods, method)
}

// isListed reports whether a list has id; an empty list has all.
func isListed(ids []string, id string) bool { return len(ids) == 0 || slices.Contains(ids, id) }

// WritesIn reports whether a fact of the plan, such as registry, is written for a pattern; "" stands for any pattern.
func (p *Profile) WritesIn(fact, pattern string) bool {
	return slices.ContainsFunc(p.Settings, func(s Setting) bool {
		return s.Value == fact && (pattern == "" || isListed(s.Patterns, pattern))
	})
}

// Writes reports whether a fact of the plan, such as secret.name, is written for a pull-secret method. What is not
// written need not be asked for.
func (p *Profile) Writes(fact, method string) bool {
	return slices.ContainsFunc(p.Settings, func(s Setting) bool { return s.Value == fact && isListed(s.Methods, method) })
}
