package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// imagesPart draws the image of each component and, in the environment in focus, the key that each part comes from.
func (s scene) imagesPart(width int) []string {
	var out []string
	for _, env := range s.ordered(s.first) {
		for _, component := range env.Profile.Components {
			out = append(out, s.componentPart(env, component.Name, width)...)
		}
		if says := s.helm.lines(s.look, env, width); says != nil {
			out = append(append(out, says...), "")
		}
	}
	return out
}

// componentPart draws a component's image in one environment.
func (s scene) componentPart(env *plan.Environment, name string, width int) []string {
	title := name
	if env.Name != "" {
		title += "  " + env.Name
	}
	if env.Resolution.Error != nil {
		return append([]string{s.style.strong.Render(title)}, wrap(env.Resolution.Error.Message, width)...)
	}
	c := env.Resolution.Components[name]
	out := []string{s.style.strong.Render(title) + s.invalidMark(c.Image)}
	out = append(out, indent(wrapName(c.Image, width-2), 2)...)
	if len(env.Values) == 0 {
		return append(out, "    "+s.style.dim.Render("the chart's default: no registry is chosen yet"), "")
	}
	if env != s.first {
		return append(out, "")
	}
	for _, part := range []struct {
		name   string
		origin chart.Origin
		value  bool // show the value: it is not part of the image name
	}{{"registry", c.Trace.Registry, false}, {"repository", c.Trace.Repository, false}, {"tag", c.Trace.Tag, false},
		{"pull policy", c.Trace.PullPolicy, true}, {"pull secret", c.Trace.PullSecrets, true}} {
		if part.origin.From == "" {
			continue
		}
		texts := []string{part.origin.From}
		switch {
		case part.origin.Value == "":
			texts = []string{"none"}
		case part.value:
			texts = []string{fmt.Sprint(part.origin.Value), part.origin.From}
		}
		label := part.name
		for _, line := range beside(texts, width-4-13) {
			out = append(out, "    "+s.style.dim.Render(fmt.Sprintf("%-13s%s", label, line)))
			label = ""
		}
	}
	return append(out, "")
}

// beside joins texts in one line if they fit, else wraps each.
func beside(texts []string, width int) []string {
	if line := strings.Join(texts, "  "); ansi.StringWidth(line) <= width {
		return []string{line}
	}
	var out []string
	for _, text := range texts {
		out = append(out, wrap(text, width)...)
	}
	return out
}

// invalidMark returns a mark for an image that is invalid, and not just incomplete.
func (s scene) invalidMark(name string) string {
	wrong, missing := false, false
	for _, p := range s.wrong {
		if strings.HasPrefix(answers.ParsePath(p.Path).Leaf, "registry.") {
			wrong = wrong || s.draft.Answers.Get(p.Path) != ""
			missing = missing || s.draft.Answers.Get(p.Path) == ""
		}
	}
	if wrong || !missing && image.Check(name) != nil {
		return "  " + s.style.bad.Render(s.glyphs.Bad)
	}
	return ""
}

// imageLines draws the image of each component in one line, for as many environments as fit, the one in focus first.
func (s scene) imageLines(width int) []string {
	shown := s.plan.Environments
	room := max(1, s.height/5/len(shown[0].Profile.Components))
	if len(shown) > room {
		shown = s.ordered(s.first)[:room]
	}
	var out []string
	label := min(s.titleWidth(shown), width/3)
	for _, env := range shown {
		style := s.style.dim
		if env == s.first && len(shown) > 1 {
			style = s.style.strong
		}
		for _, component := range env.Profile.Components {
			name := pad(s.fitted(title(env, component.Name), label-2), label)
			out = append(out, s.imageLine(env, component.Name, style.Render(name), width))
		}
	}
	if more := len(s.plan.Environments) - len(shown); more > 0 {
		out = append(out, s.style.dim.Render(fmt.Sprintf("%s, ctrl+p", session.Count(more, "more environment"))))
	}
	return out
}

// title returns the title of a component in an environment.
func title(env *plan.Environment, component string) string {
	return strings.TrimSpace(component + " " + env.Name)
}

// titleWidth returns the column width for the titles.
func (s scene) titleWidth(envs []*plan.Environment) int {
	widest := 0
	for _, env := range envs {
		for _, component := range env.Profile.Components {
			widest = max(widest, ansi.StringWidth(title(env, component.Name)))
		}
	}
	return widest + 2
}

// imageLine draws one image, shortened to width.
func (s scene) imageLine(env *plan.Environment, component, title string, width int) string {
	if env.Resolution.Error != nil {
		return s.fitted(title+s.style.bad.Render("the chart refuses these values"), width)
	}
	name := env.Resolution.Components[component].Image
	mark := s.invalidMark(name)
	return title + shorten(name, width-ansi.StringWidth(title)-ansi.StringWidth(mark), s.glyphs.More) + mark
}
