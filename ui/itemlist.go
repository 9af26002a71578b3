package ui

import (
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// itemList is a list of items being drawn.
type itemList struct {
	block
	m        *Model
	width    int
	n, lit   int // items so far, and the one with the focus
	from, to int // the lines of the lit one
}

// item draws the next item. A click lights it; one on the lit item opens it.
func (l *itemList) item(draw func(lit bool) []string) {
	at, lit := l.n, l.n == l.lit
	l.n++
	part := block{lines: draw(lit)}
	part.hitLines(l.width, func() tea.Cmd { return l.m.clickItem(at) })
	if lit {
		l.from, l.to = len(l.lines), len(l.lines)+len(part.lines)
	}
	l.add(part)
}

func (m *Model) clickItem(at int) tea.Cmd {
	items := m.items()
	if !m.review.ready || at >= len(items) {
		return nil
	}
	again := at == m.review.at
	m.review.at = at
	m.preview.turn(valuesTab)
	switch {
	case again && items[at].kind == fileItem:
		m.review.toggle(items[at])
	case again || items[at].path != "" || items[at].kind == probeItem:
		return m.open(items[at])
	}
	return nil
}

// listProblems lists every problem; one that an answer mends is an item.
func (m *Model) listProblems(l *itemList) {
	listed := map[string]bool{}
	for _, p := range m.problems() {
		f, err := m.options.Catalog.Field(m.draft.Answers, p.Path)
		if err != nil || listed[f.Path] {
			l.lines = append(l.lines, indent(m.problem(p, l.width-2), 2)...)
			continue
		}
		listed[f.Path] = true
		l.item(func(lit bool) []string {
			lines := m.problem(p, l.width-2)
			return append([]string{m.pointer(lit) + lines[0]}, indent(lines[1:], 2)...)
		})
	}
	if len(m.problems()) > 0 {
		l.lines = append(l.lines, "")
	}
}

// listAnswers lists what was answered, and what holds where most people say something.
func (m *Model) listAnswers(l *itemList) {
	fields := m.answered()
	labels := labelWidth(fields, l.width)
	for _, f := range fields {
		l.item(func(lit bool) []string {
			label := pad(m.fitted(f.Label, labels), labels)
			line := m.pointer(lit) + m.style.dim.Render(label) + "  " + m.shown(f, m.label(f))
			return []string{m.fitted(line, l.width)}
		})
	}
}

// answered are the questions that the review lists.
func (m *Model) answered() []answers.Field {
	var out []answers.Field
	for _, f := range m.questions {
		if m.draft.Answered(f) != "" || !f.Advanced && m.draft.Holds(f) != "" {
			out = append(out, f)
		}
	}
	return out
}
