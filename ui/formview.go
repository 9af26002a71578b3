package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// pageBlock draws the current page into width and height, scrolled so that the focus is in view.
func (m *Model) pageBlock(width, height int) block {
	if m.pages[m.page].review {
		return m.reviewBlock(width, height)
	}
	fields := m.fields()
	m.focus = min(m.focus, len(fields)-1)
	b := block{lines: []string{m.style.strong.Render(m.draft.Title(m.pages[m.page].at)), ""}}
	if text, better := m.secretless(); better {
		b.lines = append(append(b.lines, each(wrap(text, width), m.style.warn.Render)...), "")
	}
	labels, remarks := labelWidth(fields, width), m.remarks(width)
	room := max(6, height-len(b.lines)-len(fields)-len(remarks)) // for the question in focus: the rest stays in view
	from, to := 0, 0
	for i, f := range fields {
		part := m.field(f, i == m.focus, labels, width, room)
		if i == m.focus {
			from, to = len(b.lines), len(b.lines)+len(part.lines)
		}
		if i != m.focus {
			part.hits = nil
			part.hitLines(width, func() tea.Cmd { m.focusOn(f.Path); return nil })
		}
		b.add(part)
	}
	b.lines = append(b.lines, remarks...)
	return m.cut(b, from, to, height)
}

// cut scrolls a page that is too long, and says how much is below.
func (m *Model) cut(b block, from, to, height int) block {
	all := len(b.lines)
	top := b.scrolled(from, min(to+1, all), height)
	if below := all - top - height; below > 0 {
		b.lines[height-1] = m.style.dim.Render(fmt.Sprintf("    %d more lines, tab", below+1))
	}
	return b
}

// scrolled cuts the block to height lines, so that [from, to) is in view; its start if it is too long for that. Top is
// the first line that is left.
func (b *block) scrolled(from, to, height int) (top int) {
	if to > height {
		top = min(to-height, from)
	}
	b.lines = b.lines[top:min(len(b.lines), top+height)]
	b.hits, b.cursor = b.moved(0, -top)
	b.hits = slices.DeleteFunc(b.hits, func(h hit) bool { return h.y < 0 || h.y >= len(b.lines) })
	return top
}

// labelWidth lines the answers of a page up.
func labelWidth(fields []answers.Field, width int) int {
	widest := 0
	for _, f := range fields {
		widest = max(widest, cells(f.Label))
	}
	return min(widest, width/2)
}

// field draws one question: a line while it is not its turn, opened up when it is.
func (m *Model) field(f answers.Field, focused bool, labels, width, height int) block {
	switch {
	case len(f.Choices) == 0:
		return m.textField(f, focused, labels, width)
	case focused:
		return m.openList(f, width, height)
	}
	return block{lines: m.line(f, m.shown(f, m.label(f)), labels, width)}
}

// label is what holds for a question, as its list calls it.
func (m *Model) label(f answers.Field) string {
	value := m.draft.Holds(f)
	for _, c := range f.Choices {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

// line is a question that is not being answered, with its error below it.
func (m *Model) line(f answers.Field, value string, labels, width int) []string {
	label := m.fitted(f.Label, labels)
	line := "  " + m.style.dim.Render(pad(label, labels)) + "  " + value
	lines := []string{m.fitted(line, width)}
	if err := m.draft.Mistake(f); err != nil && m.left[f.Path] {
		lines = append(lines, m.mark(m.style.bad, m.options.Glyphs.Bad, err.Error(), width)...)
	}
	return lines
}

// shown is a value as it looks: what was answered bright, what holds without an answer dim.
func (m *Model) shown(f answers.Field, value string) string {
	switch {
	case m.draft.Answered(f) != "":
		return value
	case value != "":
		return m.style.dim.Render(value)
	case f.Advanced:
		return m.style.dim.Render("optional, tab leads there")
	}
	return ""
}

func (m *Model) textField(f answers.Field, focused bool, labels, width int) block {
	r := m.row(f)
	if !focused {
		value := m.draft.Answered(f)
		if value == "" {
			value = m.draft.Holds(f)
		}
		return block{lines: m.line(f, m.shown(f, value), labels, width)}
	}
	room := width - labels - 5
	text, cursor := r.input.view(room)
	if r.input.value() == "" {
		text = m.style.dim.Render(m.fitted(m.hint(f), room))
	}
	label := m.fitted(f.Label, labels)
	b := block{lines: []string{m.pointer(true) + m.style.strong.Render(pad(label, labels)) + "  " + text},
		cursor: &tea.Position{X: labels + 4 + cursor}}
	b.lines = append(b.lines, m.aside(f.Help, width, 4)...)
	if err := m.draft.Mistake(f); err != nil && m.left[f.Path] {
		b.lines = append(b.lines, m.mark(m.style.bad, m.options.Glyphs.Bad, err.Error(), width)...)
	}
	for _, note := range r.notes {
		b.lines = append(b.lines, m.mark(m.style.warn, m.options.Glyphs.Warn, note, width)...)
	}
	b.lines = append(b.lines, "")
	return b
}

// hint stands in an empty field: what holds without an answer, or an example.
func (m *Model) hint(f answers.Field) string {
	if value := m.draft.Holds(f); value != "" {
		return value
	}
	if f.Example != "" {
		return "such as " + f.Example
	}
	return ""
}

// mark is a message below a question, with its sign.
func (m *Model) mark(style interface{ Render(...string) string }, sign, text string, width int) []string {
	var out []string
	for i, line := range wrap(text, width-6) {
		if i > 0 {
			sign = " "
		}
		out = append(out, "    "+style.Render(sign+" "+line))
	}
	return out
}

// remarks are what there is to say of this page's answers, and what else its provider offers.
func (m *Model) remarks(width int) []string {
	var out []string
	for _, p := range m.plan.Problems() {
		if f, err := m.options.Catalog.Field(m.draft.Answers, p.Path); err == nil && m.about(f.Page) {
			out = append(append(out, ""), m.problem(p, width)...)
		}
	}
	if text, better := m.secretless(); text != "" && !better {
		out = append(append(out, ""), m.aside(text, width, 0)...)
	}
	return out
}

// secretless is how nodes can pull without a secret, on the page that asks for one, and whether that is the better way.
// An empty text is none.
func (m *Model) secretless() (text string, better bool) {
	preset, ok := m.draft.Preset()
	if !ok || m.pages[m.page].at != answers.PullSecret {
		return "", false
	}
	fields := m.draft.Answers.Registry("", "")
	if way, better := preset.RecommendedSecretless(fields); better {
		return "On " + way.Where + " nodes can pull without a secret, which is better; f1 and tab say how.", true
	}
	for _, way := range preset.SecretlessFor(fields) {
		return "Without a secret, on " + way.Where + ": " + way.How, false
	}
	return "", false
}

// about tells whether a remark on an answer of that page belongs here: what is to say of a provider stands with its
// details, where it is chosen for good.
func (m *Model) about(page answers.Page) bool {
	if page == answers.Registry {
		page = answers.Details
	}
	return m.pages[m.page].at == page
}
