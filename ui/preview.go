package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/form"
	"conductor-registry/model/plan"
)

// tab is a part of the preview.
type tab int

const (
	imagesTab tab = iota
	valuesTab
	secretTab
	problemsTab
)

// preview shows what the answers lead to, computed from the bytes that would be written.
type preview struct {
	tab    tab
	offset int
}

func (p *preview) turn(to tab) { p.tab, p.offset = to, 0 }
func (p *preview) next()       { p.turn((p.tab + 1) % (problemsTab + 1)) }

func (p *preview) scroll(by int) { p.offset = max(0, p.offset+by) }

// view draws the current part into width and height. The last line names all parts.
func (p *preview) view(m *Model, width, height int) []string {
	room := height - 2
	lines := p.part(m, width)
	out := slices.Clone(window(lines, &p.offset, room))
	for len(out) < room {
		out = append(out, "")
	}
	if more := len(lines) - p.offset - room; more > 0 {
		out[room-1] = m.style.dim.Render(fmt.Sprintf("%d more lines, pgdn", more+1))
	}
	return append(out, "", p.tabs(m, width))
}

func (p *preview) tabs(m *Model, width int) string {
	names := []string{"images", "values", "secret", "problems"}
	if n := len(m.problems()); n > 0 {
		names[problemsTab] = fmt.Sprintf("problems %d", n)
	}
	for i, name := range names {
		if tab(i) == p.tab {
			names[i] = m.style.accent.Render(name)
		} else {
			names[i] = m.style.dim.Render(name)
		}
	}
	return ansi.Truncate(strings.Join(names, m.style.dim.Render(" "+m.options.Glyphs.Dot+" ")), width, "")
}

func (p *preview) part(m *Model, width int) []string {
	if m.pages[m.page].review && p.tab == valuesTab {
		return m.reviewPreview(width)
	}
	switch p.tab {
	case valuesTab:
		return m.valuesPart(width)
	case secretTab:
		return m.secretPart(width)
	case problemsTab:
		return m.problemsPart(width)
	}
	return m.imagesPart(width)
}

// changes are the lines of each environment's values, counted from 0, that differ from those of the plan before.
func changes(before, after *plan.Plan) map[string]map[int]bool {
	out := map[string]map[int]bool{}
	if before == nil {
		return out
	}
	for i, env := range after.Environments {
		if i >= len(before.Environments) || before.Environments[i].Name != env.Name {
			continue
		}
		out[env.Name] = inserted(string(before.Environments[i].Values), string(env.Values))
	}
	return out
}

// inserted are the lines of now that old does not have there.
func inserted(old, now string) map[int]bool {
	if old == now {
		return nil
	}
	unified, err := udiff.ToUnifiedDiff("", "", old, udiff.Lines(old, now), 0)
	if err != nil {
		return nil
	}
	out := map[int]bool{}
	for _, hunk := range unified.Hunks {
		at := hunk.ToLine - 1
		for _, line := range hunk.Lines {
			switch line.Kind {
			case udiff.Insert:
				out[at] = true
				at++
			case udiff.Equal:
				at++
			}
		}
	}
	return out
}

// valuesPart are the values files, with a + where the last key changed them.
func (m *Model) valuesPart(width int) []string {
	var out []string
	for _, env := range m.plan.Environments {
		out = append(out, m.style.strong.Render(env.FileName("values")), "")
		if len(env.Values) == 0 {
			out = append(out, m.style.dim.Render("nothing yet: choose a registry"), "")
		}
		for i, line := range strings.SplitAfter(strings.TrimSuffix(string(env.Values), "\n"), "\n") {
			sign := "  "
			if m.changed[env.Name][i] {
				sign = m.style.good.Render("+ ")
			}
			out = append(out, sign+ansi.Truncate(m.yaml(strings.TrimSuffix(line, "\n")), width-2, m.options.Glyphs.More))
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

// secretPart are the commands that make the pull secret, or why there are none.
func (m *Model) secretPart(width int) []string {
	var out []string
	for _, env := range m.plan.Environments {
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
			out = append(out, ansi.Truncate(line, width, m.options.Glyphs.More))
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

func (m *Model) problemsPart(width int) []string {
	problems := m.problems()
	if len(problems) == 0 {
		return []string{m.style.good.Render(m.options.Glyphs.Done) + " no problems"}
	}
	var out []string
	for _, p := range problems {
		out = append(out, m.problem(p, width)...)
		out = append(out, "")
	}
	return out
}

func (m *Model) problem(p model.Problem, width int) []string {
	sign, style := m.options.Glyphs.Info, m.style.dim
	switch p.Severity {
	case model.Error:
		sign, style = m.options.Glyphs.Bad, m.style.bad
	case model.Warning:
		sign, style = m.options.Glyphs.Warn, m.style.warn
	}
	text := p.Summary
	if f, err := m.options.Catalog.Field(m.answers, p.Path); err == nil && p.Severity == model.Error {
		text = f.Label + ": " + text
	}
	var out []string
	for i, line := range wrap(text, width-2) {
		if i > 0 {
			sign = " "
		}
		out = append(out, style.Render(sign)+" "+line)
	}
	for _, line := range wrap(p.Fix, width-2) {
		if line != "" {
			out = append(out, "  "+m.style.dim.Render(line))
		}
	}
	return out
}

// excerpt is what a draft writes for the registry of the first component, a line a key.
func excerpt(catalog *form.Catalog, draft *answers.Answers) []string {
	first := catalog.Components(draft)[0]
	var out []string
	for _, w := range plan.Keys(catalog, draft) {
		if w.Names("registry", "repository", "fullName") && (w.Component == "" || w.Component == first) {
			out = append(out, w.Path+": "+w.Text)
		}
	}
	return out
}
