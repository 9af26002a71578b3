package ui

import (
	"strings"

	"conductor-registry/model/answers"
)

// besideHeight is from what height on the values of all patterns stand side by side below a wide page.
const besideHeight = 34

// comparing is the question for the pattern while its choices are compared side by side.
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

// comparison are the values that each pattern would write, a column each.
func (s scene) comparison(f answers.Field, width int) []string {
	var columns [][]string
	height := 0
	for _, c := range f.Choices {
		if c.Missing != "" {
			continue
		}
		mark, style := "  ", s.style.dim
		if c.Value == s.draft.Holds(f) {
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
