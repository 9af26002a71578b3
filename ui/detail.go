package ui

import (
	"fmt"

	"conductor-registry/model/answers"
)

// detail is what stands below an entry: why it can't be chosen, or what it means.
func (m *Model) detail(f answers.Field, c answers.Choice, width int) []string {
	if c.Missing != "" {
		return m.mark(m.style.dim, m.options.Glyphs.Info, c.Missing, width)
	}
	out := m.aside(c.Summary, width, 6)
	if _, beside := m.comparing(); f.Path == "pattern" && !beside {
		for _, line := range m.example(c.Value, m.draft.Excerpt) {
			out = append(out, "      "+m.fitted(m.yaml(line), width-6))
		}
	}
	return out
}

// example are lines that a pattern writes. They are worked out once for each change of the answers.
func (m *Model) example(pattern string, write func(pattern string) []string) []string {
	_, beside := m.comparing()
	key := fmt.Sprint(pattern, beside)
	lines, ok := m.examples[key]
	if !ok {
		lines = write(pattern)
		m.examples[key] = lines
	}
	return lines
}
