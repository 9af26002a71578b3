package ui

import (
	"fmt"
	"strings"

	"conductor-registry/model/plan"
)

// valuesPart draws the values files, with a + before the lines that the last key changed. Of a file that exists it
// draws the diff.
func (s scene) valuesPart(width int) []string {
	var out []string
	for _, env := range s.ordered(s.first) {
		if len(env.Values) == 0 && env != s.first { // the introduction is there once
			continue
		}
		out = append(out, s.fileTitle(env, "values")...)
		switch {
		case len(env.Values) == 0:
			out = append(out, s.introduction(width)...)
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
	kinds, path := keyKinds(env), yamlPath{}
	for i, line := range strings.Split(strings.TrimSuffix(string(env.Values), "\n"), "\n") {
		line = shownLine(line)
		sign := "  "
		if s.changed[env.Name][i] {
			sign = s.style.good.Render("+ ")
		}
		out = append(out, sign+s.fitted(s.yaml(line, kinds[path.next(line)]), width-2))
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

// introduction says what the wizard writes, while there are no values to show.
func (s scene) introduction(width int) []string {
	var out []string
	out = append(out, "The review at the end writes:", "")
	for _, file := range [][2]string{{"values.yaml", "the image settings, for helm -f"},
		{"pull-secret.sh", "creates the pull secret with kubectl"},
		{"answers.yaml", "your answers, for the next run and for CI"}} {
		for i, line := range wrap(file[1], width-18) {
			if i > 0 {
				file[0] = ""
			}
			out = append(out, fmt.Sprintf("  %-16s", file[0])+s.style.dim.Render(line))
		}
	}
	out = append(out, "", "Image names to paste:", "")
	for _, example := range []string{"docker pull HOST/TEAM/conductor-server:5.2.42",
		`image: "HOST/TEAM/conductor-server:5.2.42"`,
		"HOST/TEAM/conductor-server@sha256:DIGEST", "two lines, one for each image"} {
		out = append(out, "  "+s.style.dim.Render(s.fitted(example, width-2)))
	}
	return out
}

// keyKinds returns, by key path, which part of the image names the keys of an environment's values give.
func keyKinds(env *plan.Environment) map[string]partKind {
	out := map[string]partKind{}
	for _, c := range env.Resolution.Components {
		out[c.Trace.Registry.From], out[c.Trace.Tag.From] = registryPart, tagPart
		out[c.Trace.Repository.From] = repositoryPart
	}
	return out
}

// yamlPath follows the lines of a generated values file.
type yamlPath struct{ keys []string }

// next returns the key path of the next line; "" for a line without a key. Generated files indent by two.
func (p *yamlPath) next(line string) string {
	text := strings.TrimLeft(line, " ")
	depth := (len(line) - len(text)) / 2
	key, _, found := strings.Cut(text, ":")
	if !found || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "- ") || depth > len(p.keys) {
		return ""
	}
	p.keys = append(p.keys[:depth], key)
	return strings.Join(p.keys, ".")
}
