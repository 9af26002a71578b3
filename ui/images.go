package ui

import (
	"fmt"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// imagesPart is what each pod gets, and the key that decided each part of it.
func (m *Model) imagesPart(width int) []string {
	var out []string
	for _, env := range m.ordered() {
		for _, component := range env.Profile.Components {
			out = append(out, m.componentPart(env, component.Name, width)...)
		}
		if says := m.helmSays(env, width); says != nil {
			out = append(append(out, says...), "")
		}
	}
	return out
}

func (m *Model) componentPart(env *plan.Environment, name string, width int) []string {
	title := name
	if env.Name != "" {
		title += "  " + env.Name
	}
	if env.Resolution.Error != nil {
		return append([]string{m.style.strong.Render(title)}, wrap(env.Resolution.Error.Message, width)...)
	}
	c := env.Resolution.Components[name]
	out := []string{m.style.strong.Render(title) + m.judged(c.Image)}
	out = append(out, indent(wrapName(c.Image, width-2), 2)...)
	if len(env.Values) == 0 {
		return append(out, "    "+m.style.dim.Render("the chart's own: no registry is chosen yet"), "")
	}
	if env != m.environment() {
		return append(out, "")
	}
	for _, part := range []struct {
		name   string
		origin chart.Origin
		value  bool // shown too: it is no part of the name above
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
			out = append(out, "    "+m.style.dim.Render(fmt.Sprintf("%-13s%s", label, line)))
			label = ""
		}
	}
	return append(out, "")
}

// beside puts texts on one line if they fit, else on lines of their own.
func beside(texts []string, width int) []string {
	if line := strings.Join(texts, "  "); cells(line) <= width {
		return []string{line}
	}
	var out []string
	for _, text := range texts {
		out = append(out, wrap(text, width)...)
	}
	return out
}

// judged marks a name that can't be pulled. What is only not answered yet is no fault.
func (m *Model) judged(name string) string {
	wrong, missing := false, false
	for _, p := range m.wrong {
		if strings.HasPrefix(answers.ParsePath(p.Path).Leaf, "registry.") {
			wrong = wrong || m.draft.Answers.Get(p.Path) != ""
			missing = missing || m.draft.Answers.Get(p.Path) == ""
		}
	}
	if wrong || !missing && image.Check(name) != nil {
		return "  " + m.style.bad.Render(m.options.Glyphs.Bad)
	}
	return ""
}

// environment is the one to show in full: that of the question in focus, else the last.
func (m *Model) environment() *plan.Environment {
	name := answers.ParsePath(m.Focus()).Environment
	for _, e := range m.plan.Environments {
		if e.Name == name {
			return e
		}
	}
	return m.plan.Environments[len(m.plan.Environments)-1]
}

// ordered are the environments, the one to show in full first.
func (m *Model) ordered() []*plan.Environment {
	first := m.environment()
	out := []*plan.Environment{first}
	for _, e := range m.plan.Environments {
		if e != first {
			out = append(out, e)
		}
	}
	return out
}

// imageLines are the image names folded to a line for each component: of all environments if there is room, else of the
// one in focus first.
func (m *Model) imageLines(width int) []string {
	shown := m.plan.Environments
	room := max(1, m.height/5/len(shown[0].Profile.Components))
	if len(shown) > room {
		shown = m.ordered()[:room]
	}
	var out []string
	label := min(m.titleWidth(shown), width/3)
	for _, env := range shown {
		style := m.style.dim
		if env == m.environment() && len(shown) > 1 {
			style = m.style.strong
		}
		for _, component := range env.Profile.Components {
			name := pad(m.fitted(title(env, component.Name), label-2), label)
			out = append(out, m.imageLine(env, component.Name, style.Render(name), width))
		}
	}
	if more := len(m.plan.Environments) - len(shown); more > 0 {
		out = append(out, m.style.dim.Render(fmt.Sprintf("%s more, ctrl+p", session.Count(more, "environment"))))
	}
	return out
}

// title names a component in an environment.
func title(env *plan.Environment, component string) string {
	return strings.TrimSpace(component + " " + env.Name)
}

// titleWidth is that of the longest title and the blanks behind it.
func (m *Model) titleWidth(envs []*plan.Environment) int {
	widest := 0
	for _, env := range envs {
		for _, component := range env.Profile.Components {
			widest = max(widest, cells(title(env, component.Name)))
		}
	}
	return widest + 2
}

func (m *Model) imageLine(env *plan.Environment, component, title string, width int) string {
	if env.Resolution.Error != nil {
		return m.fitted(title+m.style.bad.Render("the chart refuses these values"), width)
	}
	name := env.Resolution.Components[component].Image
	mark := m.judged(name)
	return title + shorten(name, width-cells(title)-cells(mark), m.options.Glyphs.More) + mark
}
