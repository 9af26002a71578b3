package ui

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"conductor-registry/model/plan"
)

// valuesPart are the values files, with a + where the last key changed them; of one that keeps what a file has, what is
// different.
func (m *Model) valuesPart(width int) []string {
	var out []string
	for _, env := range m.ordered() {
		out = append(out, m.style.strong.Render(env.FileName("values")), "")
		switch {
		case len(env.Values) == 0:
			out = append(out, m.style.dim.Render("nothing yet: choose a registry"))
		case env.Base.Name != "" && !env.Overlay:
			out = append(out, m.difference(env, width)...)
		default:
			out = append(out, m.wholeFile(env, width)...)
		}
		out = append(out, "")
	}
	return out
}

func (m *Model) wholeFile(env *plan.Environment, width int) []string {
	var out []string
	for i, line := range strings.SplitAfter(strings.TrimSuffix(string(env.Values), "\n"), "\n") {
		sign := "  "
		if m.changed[env.Name][i] {
			sign = m.style.good.Render("+ ")
		}
		out = append(out, sign+m.fitted(m.yaml(strings.TrimSuffix(line, "\n")), width-2))
	}
	return out
}

// difference is what changes of the file that an environment keeps.
func (m *Model) difference(env *plan.Environment, width int) []string {
	name := env.Base.Name
	text, ok := m.diffs[env.Name]
	if !ok {
		text = udiff.Unified(name, env.FileName("values"), string(env.Base.Data), string(env.Values))
		m.diffs[env.Name] = text
	}
	if text == "" {
		return []string{m.style.dim.Render("the same as " + name + ": nothing changes")}
	}
	return m.diff(text, width)
}

// yaml colours a line of the YAML that we write: comments, keys, values.
func (m *Model) yaml(line string) string {
	text := strings.TrimLeft(line, " ")
	lead := line[:len(line)-len(text)]
	if strings.HasPrefix(text, "#") {
		return lead + m.style.dim.Render(text)
	}
	key, value, found := strings.Cut(text, ":")
	if !found {
		return line
	}
	return lead + m.style.key.Render(key) + ":" + value
}
