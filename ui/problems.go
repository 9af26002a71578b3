package ui

import (
	"fmt"

	"conductor-registry/model"
)

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
	case model.Info:
	}
	text := p.Summary
	if f, err := m.options.Catalog.Field(m.draft.Answers, p.Path); err == nil && p.Severity == model.Error {
		text = f.Label + ": " + text
	} else if err != nil && p.Line > 0 {
		text = fmt.Sprintf("%s:%d: %s: %s", p.File, p.Line, p.Path, text)
	}
	var out []string
	for i, line := range wrap(text, width-2) {
		if i > 0 {
			sign = " "
		}
		out = append(out, style.Render(sign)+" "+line)
	}
	return append(out, m.aside(p.Fix, width, 2)...)
}
