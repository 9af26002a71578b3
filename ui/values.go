package ui

import (
	"strings"

	"conductor-registry/model/plan"
)

// valuesPart draws the values files, with a + before the lines that the last key changed. Of a file that exists it draws
// the diff.
func (s scene) valuesPart(width int) []string {
	var out []string
	for _, env := range s.ordered(s.first) {
		out = append(out, s.style.strong.Render(env.FileName("values")), "")
		switch {
		case len(env.Values) == 0:
			out = append(out, s.style.dim.Render("nothing yet: choose a registry"))
		case env.Base.Name != "" && !env.Overlay:
			out = append(out, s.baseDiff(env, width)...)
		default:
			out = append(out, s.wholeFile(env, width)...)
		}
		out = append(out, "")
	}
	return out
}

// wholeFile draws all values of an environment.
func (s scene) wholeFile(env *plan.Environment, width int) []string {
	var out []string
	for i, line := range strings.SplitAfter(strings.TrimSuffix(string(env.Values), "\n"), "\n") {
		sign := "  "
		if s.changed[env.Name][i] {
			sign = s.style.good.Render("+ ")
		}
		out = append(out, sign+s.fitted(s.yaml(strings.TrimSuffix(line, "\n")), width-2))
	}
	return out
}

// baseDiff draws the diff from the environment's base.
func (s scene) baseDiff(env *plan.Environment, width int) []string {
	text := s.difference(env)
	if text == "" {
		return []string{s.style.dim.Render("no change to " + env.Base.Name)}
	}
	return s.diff(text, width)
}
