package ui

import (
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/redact"
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
	return append(s.statement(p, style, sign, width), s.hintLines(p.Fix, width, 2)...)
}

// statement draws where a problem is and what is wrong, behind a sign.
func (s scene) statement(p model.Problem, style style, sign string, width int) []string {
	text := s.draft.Labelled(p).Summary
	switch {
	case p.Line > 0 && p.Path != "":
		text = fmt.Sprintf("%s:%d: %s: %s", redact.Visible(p.File), p.Line, redact.Visible(p.Path), text)
	case p.Line > 0:
		text = redact.Visible(p.Place()) + text
	}
	out := wrap(text, width-2)
	for i, line := range out {
		if i > 0 {
			sign = " "
		}
		out[i] = style.Render(sign) + " " + line
	}
	return out
}
