package chart

import (
	"slices"
	"strings"

	"conductor-registry/model"
)

// ReadKeys returns the paths that decide images, pull policies and pull secrets in this chart, each once, in the
// profile's order.
func (p *Profile) ReadKeys() []string {
	var out []string
	for _, c := range p.Components {
		for _, chain := range c.Chains() {
			out = append(out, chain.Paths...)
		}
	}
	for _, rule := range p.Pulls {
		out = append(append(out, conditionPaths(rule.When)...), rule.Path)
	}
	return once(out)
}

// SetKeys returns the paths that can be written for this chart, each once.
func (p *Profile) SetKeys() []string {
	return once(model.Map(p.Settings, func(s Setting) string { return s.Path }))
}

// UnreadKeys returns the paths that people set for images, policies and pull secrets and that this chart does not read:
// those of its traps that have "image" in them.
func (p *Profile) UnreadKeys() []string {
	known := append(p.ReadKeys(), p.SetKeys()...)
	return slices.DeleteFunc(once(p.trapKeys()), func(path string) bool {
		return slices.Contains(known, path) || !strings.Contains(strings.ToLower(path), "image")
	})
}

// KnownPaths returns all value paths for images, pull policies and pull secrets in the profile, each once: those that
// the chart reads, those that are written, and those that people set and it ignores.
func (p *Profile) KnownPaths() []string {
	out := slices.Concat(p.ReadKeys(), p.SetKeys(), p.trapKeys())
	for _, secret := range p.Secrets {
		out = append(append(out, secret.Path), conditionPaths(secret.When)...)
	}
	return once(out)
}

func (p *Profile) trapKeys() []string {
	var out []string
	for _, trap := range p.Traps {
		out = append(out, trap.Paths...)
	}
	return out
}

// once returns the paths without repetitions and without "".
func once(paths []string) []string {
	return slices.DeleteFunc(model.AddNew(nil, paths...), func(path string) bool { return path == "" })
}

// conditionPaths returns the paths that conditions test.
func conditionPaths(conditions []Condition) []string {
	var out []string
	for _, c := range conditions {
		for term := range strings.SplitSeq(string(c), " or ") {
			path, _, _ := strings.Cut(strings.TrimPrefix(term, "!"), "=")
			out = append(out, path)
		}
	}
	return out
}
