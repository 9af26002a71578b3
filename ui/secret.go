package ui

import (
	"strings"

	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
)

// secretPart draws the scripts that create the pull secrets, or why there are none.
func (s scene) secretPart(width int) []string {
	var out []string
	for _, env := range s.ordered(s.first) {
		if !env.HasScript() {
			out = append(out, wrap("No script: "+noScript(env), width)...)
			out = append(out, "")
			continue
		}
		out = append(out, s.fileTitle(env, "pull-secret")...)
		out = append(out, strings.Split(string(env.Script()), "\n")...)
	}
	return out
}

// fileTitle draws the name of an environment's file; nil without environments, when the tab has the name.
func (s scene) fileTitle(env *plan.Environment, kind string) []string {
	if !s.hasEnvironments() {
		return nil
	}
	return []string{s.style.strong.Render(redact.Visible(env.FileName(kind))), ""}
}

// noScript returns why an environment has no script.
func noScript(env *plan.Environment) string {
	switch {
	case len(env.Values) == 0:
		return "choose a registry first"
	case env.Secret.Script == "":
		return "this method does not need one"
	}
	return "these registries need no login"
}
