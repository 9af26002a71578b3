package chart

import (
	"slices"
	"strings"
)

// Named are the value paths that the profile speaks of where images, pull policies and pull secrets are concerned:
// those that its chart reads, those that are written, and those that people write and it ignores. They are sorted,
// each once. The error says that the profile can't be decoded.
func (p *Profile) Named() ([]string, error) {
	known, err := p.Rules.get()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range p.Components {
		out = slices.Concat(out, c.Registry.Paths, c.Repository.Paths, c.Tag.Paths, c.PullPolicy.Paths)
	}
	for _, rule := range p.Pulls {
		out = append(append(out, rule.Path), conditionPaths(rule.When)...)
	}
	for _, secret := range p.Secrets {
		out = append(append(out, secret.Path), conditionPaths(secret.When)...)
	}
	for _, setting := range p.Settings {
		out = append(out, setting.Path)
	}
	for _, trap := range known.Traps {
		out = append(out, trap.Paths...)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(path string) bool { return path == "" }), nil
}

// conditionPaths are the paths that conditions ask for.
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
