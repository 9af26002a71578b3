package ui

import (
	"strings"

	"conductor-registry/model/plan"
)

// secretPart are the commands that make the pull secret, or why there are none.
func (m *Model) secretPart(width int) []string {
	var out []string
	for _, env := range m.ordered() {
		if !env.HasScript() {
			out = append(out, wrap("No commands: "+noScript(env), width)...)
			out = append(out, "")
			continue
		}
		out = append(out, m.style.strong.Render(env.FileName("pull-secret")), "")
		out = append(out, strings.Split(string(env.Script()), "\n")...)
	}
	return out
}

// scriptLine is a line of that as it looks. Scripts are long, so only the lines in view are drawn.
func (m *Model) scriptLine(line string, width int) string {
	line = m.fitted(line, width)
	if strings.HasPrefix(strings.TrimSpace(line), "#") {
		return m.style.dim.Render(line)
	}
	return line
}

func noScript(env *plan.Environment) string {
	switch {
	case len(env.Values) == 0:
		return "choose a registry first."
	case env.Secret.Script == "":
		return "this method uses no secret of ours."
	}
	return "these registries need no login."
}
