package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/form"
)

// openList draws a list while it is its turn: the filter if it is long, then the entries, each with a line about it
// where there is room.
func (m *Model) openList(f form.Field, width, height int) block {
	r := m.row(f)
	var b block
	if m.indexOf(f.Path) > 0 { // the first one's question is the page's title
		b.lines = append(b.lines, m.style.accent.Render(m.options.Glyphs.Current)+" "+m.style.strong.Render(f.Label))
		if f.Help != "" {
			for _, line := range wrap(f.Help, width-4) {
				b.lines = append(b.lines, "    "+m.style.dim.Render(line))
			}
		}
	}
	found := r.entries(f)
	if len(f.Choices) >= filterable {
		b = m.filterLine(b, r, len(found), len(f.Choices), width)
	}
	if len(found) == 0 {
		b.lines = append(b.lines, "    "+m.style.warn.Render("no match; esc clears the filter"), "")
		return b
	}
	lit := position(found, m.draft.Answers.Get(f.Path), m.draft.Holds(f))
	b.add(m.entries(f, found, r, lit, width, height-len(b.lines)))
	b.lines = append(b.lines, "")
	return b
}

func (m *Model) filterLine(b block, r *row, found, all, width int) block {
	text, cursor := r.input.view(width - 20)
	if r.input.value() == "" {
		text = m.style.dim.Render("type to filter")
	}
	count := m.style.dim.Render(fmt.Sprintf("%d of %d", found, all))
	line := pad("    "+text, width-cells(count)-1)
	b.cursor = &tea.Position{X: 4 + cursor, Y: len(b.lines)}
	b.lines = append(b.lines, line+count, "")
	return b
}

// entries draws as many entries as fit height, around the lit one.
func (m *Model) entries(f form.Field, found []form.Choice, r *row, lit, width, height int) block {
	details := make([][]string, len(found))
	total := 0
	for i, c := range found {
		details[i] = m.detail(f, c, width)
		total += 1 + len(details[i])
	}
	roomy, airy := total <= height, total+len(found) <= height && total > len(found)
	each := func(i int) []string {
		c := found[i]
		mark, label := "  ", c.Label
		if i == lit {
			mark, label = m.style.accent.Render(m.options.Glyphs.Current)+" ", m.style.accent.Render(c.Label)
		} else if c.Missing != "" {
			label = m.style.dim.Render(c.Label)
		}
		lines := []string{m.fitted("  "+mark+label, width)}
		if roomy || i == lit {
			lines = append(lines, details[i]...)
		}
		if airy && i < len(found)-1 {
			lines = append(lines, "")
		}
		return lines
	}
	if roomy {
		r.offset = 0
	} else {
		r.offset = max(0, min(r.offset, lit, len(found)-1))
		for r.offset < lit && linesOf(each, r.offset, lit) > height-1 {
			r.offset++
		}
	}
	var out block
	for i := r.offset; i < len(found); i++ {
		part := block{lines: each(i)}
		if len(out.lines)+len(part.lines) > height && len(out.lines) > 0 {
			out.lines = append(out.lines[:min(len(out.lines), max(height-1, 1))],
				"    "+m.style.dim.Render(fmt.Sprintf("%d more", len(found)-i)))
			break
		}
		part.hitLines(width, func() tea.Cmd { return m.choose(f, found[i], i == lit) })
		out.add(part)
	}
	return out
}

// choose is a click on an entry: it is lit, and a second one takes it.
func (m *Model) choose(f form.Field, c form.Choice, lit bool) tea.Cmd {
	switch {
	case c.Missing != "":
		m.notice = c.Missing
	case lit:
		return m.accept(f)
	default:
		m.answer(f, c.Value)
	}
	return nil
}

func linesOf(each func(int) []string, from, to int) int {
	n := 0
	for i := from; i <= to; i++ {
		n += len(each(i))
	}
	return n
}

// detail is what stands below an entry: why it can't be chosen, or what it means.
func (m *Model) detail(f form.Field, c form.Choice, width int) []string {
	if c.Missing != "" {
		return m.mark(m.style.dim, m.options.Glyphs.Info, c.Missing, width)
	}
	var out []string
	for _, line := range wrap(c.Summary, width-6) {
		if line != "" {
			out = append(out, "      "+m.style.dim.Render(line))
		}
	}
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
