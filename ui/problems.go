package ui

import (
	"fmt"

	"conductor-registry/model"
)

// problemsPart draws all problems.
func (s scene) problemsPart(width int) []string {
	problems := s.problems
	if len(problems) == 0 {
		return []string{s.style.good.Render(s.glyphs.Done) + " no problems"}
	}
	var out []string
	for _, p := range problems {
		out = append(out, s.problem(p, width)...)
		out = append(out, "")
	}
	return out
}

// problem draws a problem and its fix.
func (s scene) problem(p model.Problem, width int) []string {
	sign, style := s.glyphs.Info, s.style.dim
	switch p.Severity {
	case model.Error:
		sign, style = s.glyphs.Bad, s.style.bad
	case model.Warning:
		sign, style = s.glyphs.Warn, s.style.warn
	case model.Info:
	}
	text := s.draft.Labelled(p).Summary
	if p.Line > 0 {
		text = fmt.Sprintf("%s:%d: %s: %s", p.File, p.Line, p.Path, text)
	}
	var out []string
	for i, line := range wrap(text, width-2) {
		if i > 0 {
			sign = " "
		}
		out = append(out, style.Render(sign)+" "+line)
	}
	return append(out, s.hintLines(p.Fix, width, 2)...)
}
