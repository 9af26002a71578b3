package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// openList draws a list while it is its turn: the filter if it is long, then the entries, each with a line about it
// where there is room.
func (m *Model) openList(f answers.Field, width, height int) block {
	r := m.row(f)
	var b block
	if m.indexOf(f.Path) > 0 { // the first one's question is the page's title
		b.lines = append(append(b.lines, m.pointer(true)+m.style.strong.Render(f.Label)), m.aside(f.Help, width, 4)...)
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

// listing is a list's entries while they are drawn.
type listing struct {
	lines [][]string // of each entry
	lit   int
}

// linesOf is how many lines the entries of a part take.
func (l listing) linesOf(from, to int) int {
	n := 0
	for _, lines := range l.lines[from:to] {
		n += len(lines)
	}
	return n
}

// entries draws as many entries as fit height, around the lit one, and counts the others.
func (m *Model) entries(f answers.Field, found []answers.Choice, r *row, lit, width, height int) block {
	l := m.listing(f, found, lit, width, height)
	first := l.first(r.offset, height)
	r.offset = first
	var out block
	for i := first; i < len(found); i++ {
		room := height - len(out.lines)
		if first > 0 || l.linesOf(i, len(found)) > room {
			room-- // for the line that counts the others
		}
		if len(l.lines[i]) > room && i > first {
			out.lines = append(out.lines, m.others(first, len(found)-i))
			return out
		}
		part := block{lines: l.lines[i]}
		part.hitLines(width, func() tea.Cmd { return m.choose(f, found[i], i == lit) })
		out.add(part)
	}
	if first > 0 {
		out.lines = append(out.lines, m.others(first, 0))
	}
	return out
}

// first is the first entry in view: all of them where there is room, else as before, but for the lit one to be in view.
func (l listing) first(before, height int) int {
	if l.linesOf(0, len(l.lines)) <= height {
		return 0
	}
	first := max(0, min(before, l.lit, len(l.lines)-1))
	for first < l.lit && l.linesOf(first, l.lit+1) > height-1 {
		first++
	}
	return first
}

// listing draws each entry: with what there is to say of it where all fit so, else of the lit one only, and set apart
// where there is room for that too.
func (m *Model) listing(f answers.Field, found []answers.Choice, lit, width, height int) listing {
	details := make([][]string, len(found))
	total := 0
	for i, c := range found {
		details[i] = m.detail(f, c, width)
		total += 1 + len(details[i])
	}
	roomy, airy := total <= height, total+len(found) <= height && total > len(found)
	l := listing{lit: lit}
	for i, c := range found {
		label := c.Label
		switch {
		case i == lit:
			label = m.style.accent.Render(c.Label)
		case c.Missing != "":
			label = m.style.dim.Render(c.Label)
		}
		lines := []string{m.fitted("  "+m.pointer(i == lit)+label, width)}
		if roomy || i == lit {
			lines = append(lines, details[i]...)
		}
		if airy && i < len(found)-1 {
			lines = append(lines, "")
		}
		l.lines = append(l.lines, lines)
	}
	return l
}

// others counts the entries of a list that are out of view.
func (m *Model) others(above, below int) string {
	var parts []string
	if above > 0 {
		parts = append(parts, fmt.Sprintf("%d above", above))
	}
	if below > 0 {
		parts = append(parts, fmt.Sprintf("%d more", below))
	}
	return "    " + m.style.dim.Render(strings.Join(parts, ", "))
}

// choose is a click on an entry: it is lit, and a second one takes it.
func (m *Model) choose(f answers.Field, c answers.Choice, lit bool) tea.Cmd {
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
