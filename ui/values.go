package ui

import (
	"strings"
)

// valuesPart are the values files, with a + where the last key changed them.
func (m *Model) valuesPart(width int) []string {
	var out []string
	for _, env := range m.ordered() {
		out = append(out, m.style.strong.Render(env.FileName("values")), "")
		if len(env.Values) == 0 {
			out = append(out, m.style.dim.Render("nothing yet: choose a registry"), "")
		}
		for i, line := range strings.SplitAfter(strings.TrimSuffix(string(env.Values), "\n"), "\n") {
			sign := "  "
			if m.changed[env.Name][i] {
				sign = m.style.good.Render("+ ")
			}
			out = append(out, sign+m.fitted(m.yaml(strings.TrimSuffix(line, "\n")), width-2))
		}
		out = append(out, "")
	}
	return out
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
