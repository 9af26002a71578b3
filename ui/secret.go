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
		for line := range strings.Lines(string(env.Script())) {
			line = strings.TrimSuffix(line, "\n")
			if strings.HasPrefix(strings.TrimSpace(line), "#") {
				line = m.style.dim.Render(line)
			}
			out = append(out, m.fitted(line, width))
		}
		out = append(out, "")
	}
	return out
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
