package ui

import (
	"strings"

	"conductor-registry/model/plan"
)

// secretPart are the commands that make the pull secret, or why there are none.
func (s scene) secretPart(width int) []string {
	var out []string
	for _, env := range s.ordered(s.first) {
		if !env.HasScript() {
			out = append(out, wrap("No commands: "+noScript(env), width)...)
			out = append(out, "")
			continue
		}
		out = append(out, s.style.strong.Render(env.FileName("pull-secret")), "")
		out = append(out, strings.Split(string(env.Script()), "\n")...)
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
