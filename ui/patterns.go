package ui

import (
	"strings"

	"conductor-registry/model/answers"
)

// besideHeight is the smallest height at which the values of all patterns are shown side by side below a wide page.
const besideHeight = 34

// comparing returns the question for the pattern, if its choices are shown side by side.
func (s scene) comparing() (answers.Field, bool) {
	if !s.wide() || s.height < besideHeight || s.page != answers.Pattern {
		return answers.Field{}, false
	}
	for _, f := range s.on(s.page) {
		if f.Path == "pattern" && len(s.plan.Environments[0].Values) > 0 {
			return f, true
		}
	}
	return answers.Field{}, false
}

// comparison draws the values that each pattern would write, one column each.
func (s scene) comparison(f answers.Field, width int) []string {
	var columns [][]string
	height := 0
	for _, c := range f.Choices {
		if c.Missing != "" {
			continue
		}
		mark, style := "  ", s.style.dim
		if c.Value == s.draft.Effective(f) {
			mark, style = s.glyphs.Current+" ", s.style.accent
		}
		lines := []string{style.Render(mark + c.Label)}
		for _, line := range s.example(c.Value, true) {
			lines = append(lines, "  "+s.yaml(line))
		}
		columns, height = append(columns, lines), max(height, len(lines))
	}
	if len(columns) < 2 {
		return nil
	}
	each := (width - 2*(len(columns)-1)) / len(columns)
	out := []string{s.rule(width)}
	for i := range height {
		var line []string
		for _, column := range columns {
			line = append(line, pad(s.fitted(at(column, i), each), each))
		}
		out = append(out, strings.Join(line, "  "))
	}
	return out
}
