package chart

import (
	"slices"
	"strings"
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
	var out []string
	for _, s := range p.Settings {
		out = append(out, s.Path)
	}
	return once(out)
}

// UnreadKeys returns the paths that people set for images, policies and pull secrets and that this chart does not read:
// those of its traps that have "image" in them.
func (p *Profile) UnreadKeys() []string {
	var out []string
	for _, trap := range p.Traps {
		out = append(out, trap.Paths...)
	}
	known := append(p.ReadKeys(), p.SetKeys()...)
	return slices.DeleteFunc(once(out), func(path string) bool {
		return slices.Contains(known, path) || !strings.Contains(strings.ToLower(path), "image")
	})
}

// once returns the paths without repetitions and without "".
func once(paths []string) []string {
	var out []string
	for _, path := range paths {
		if path != "" && !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	return out
}

// KnownPaths returns all value paths for images, pull policies and pull secrets in the profile, sorted, each once: those
// that the chart reads, those that are written, and those that people set and it ignores.
func (p *Profile) KnownPaths() []string {
	out := slices.Concat(p.ReadKeys(), p.SetKeys())
	for _, secret := range p.Secrets {
		out = append(append(out, secret.Path), conditionPaths(secret.When)...)
	}
	for _, trap := range p.Traps {
		out = append(out, trap.Paths...)
	}
	out = once(out)
	slices.Sort(out)
	return out
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
