package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
)

// view draws the page into width and height, scrolled so that the focus is visible.
func (p *form) view(s scene, width, height int) block {
	if s.isTable(p.page) {
		return p.tableView(s, width, height)
	}
	fields := s.on(p.page)
	p.focus = min(p.focus, len(fields)-1)
	b := block{lines: []string{s.style.strong.Render(s.pageTitle(p.page)), ""}}
	if p.page == answers.Chart {
		b.lines = append(append(b.lines, s.hintLines(start, width, 0)...), "")
	}
	if text, recommended := s.withoutSecret(p.page); recommended {
		b.lines = append(append(b.lines, each(wrap(text, width), s.style.warn.Render)...), "")
	}
	labels, remarks := labelWidth(fields, width), s.remarks(p.page, width)
	room := max(6, height-len(b.lines)-len(fields)-len(remarks)) // for the question in focus: the others stay visible
	from, to := 0, 0
	for i, f := range fields {
		part := p.field(s, f, i == p.focus, labels, width, room)
		if i == p.focus {
			from, to = len(b.lines), len(b.lines)+len(part.lines)
		} else {
			part.hits = nil
			part.hitLines(width, focusMsg{f.Path})
		}
		b.add(part)
	}
	b.lines = append(b.lines, remarks...)
	if p.page == answers.Chart {
		b.add(s.registries(labels, width, height-len(b.lines)))
	}
	return s.cut(b, from, to, height)
}

// cut scrolls a page that is too long, and counts the lines below.
func (l look) cut(b block, from, to, height int) block {
	all := len(b.lines)
	top := b.scrolled(from, min(to+1, all), height)
	if below := all - top - height; below > 0 {
		b.lines[height-1] = l.style.dim.Render(fmt.Sprintf("    %d more lines, tab", below+1))
	}
	return b
}

// labelWidth returns the column width that aligns the answers of a page.
func labelWidth(fields []answers.Field, width int) int {
	widest := 0
	for _, f := range fields {
		widest = max(widest, ansi.StringWidth(f.Label))
	}
	return min(widest, width/2)
}

// field draws one question: in one line, or in full when it has the focus.
func (p *form) field(s scene, f answers.Field, focused bool, labels, width, height int) block {
	switch {
	case len(f.Choices) == 0:
		return p.textField(s, f, focused, labels, width)
	case focused:
		return p.openList(s, f, width, height)
	}
	return block{lines: p.line(s, f, s.shown(f, s.label(f)), labels, width)}
}

// line draws a question without the focus, with its error below it.
func (p *form) line(s scene, f answers.Field, value string, labels, width int) []string {
	label := s.fitted(f.Label, labels)
	line := "  " + s.style.dim.Render(pad(label, labels)) + "  " + value
	lines := []string{s.fitted(line, width)}
	if err := s.draft.Validate(f); err != nil && p.seen[f.Path] {
		lines = append(lines, s.mark(s.style.bad, s.glyphs.Bad, err.Error(), width)...)
	}
	return lines
}

// shown draws a value: an answer bright, a default or inherited value dim.
func (s scene) shown(f answers.Field, value string) string {
	switch {
	case s.draft.AnswerTo(f) != "":
		return value
	case value != "":
		return s.style.dim.Render(value)
	case f.Advanced:
		return s.style.dim.Render("optional (tab to set)")
	}
	return ""
}

func (p *form) textField(s scene, f answers.Field, focused bool, labels, width int) block {
	r := p.row(s.work, f)
	if !focused {
		return block{lines: p.line(s, f, s.shown(f, s.label(f)), labels, width)}
	}
	room := width - labels - 5
	text, cursor := r.input.view(room)
	if r.input.value() == "" {
		text = s.style.dim.Render(s.fitted(s.hint(f), room))
	}
	label := s.fitted(f.Label, labels)
	b := block{lines: []string{s.pointer(true) + s.style.strong.Render(pad(label, labels)) + "  " + text},
		cursor: &tea.Position{X: labels + 4 + cursor}}
	b.lines = append(b.lines, s.hintLines(f.Help, width, 4)...)
	if err := s.draft.Validate(f); err != nil && p.seen[f.Path] {
		b.lines = append(b.lines, s.mark(s.style.bad, s.glyphs.Bad, err.Error(), width)...)
	}
	for _, note := range r.notes {
		b.lines = append(b.lines, s.mark(s.style.warn, s.glyphs.Warn, note, width)...)
	}
	b.lines = append(b.lines, "")
	return b
}

// hint returns the text of an empty field: the value that applies without an answer, or an example.
func (s scene) hint(f answers.Field) string {
	if value := s.label(f); value != "" {
		return value
	}
	if f.Example != "" {
		return "such as " + f.Example
	}
	return ""
}

// remarks draws the problems with this page's answers, and how to pull without a secret.
func (s scene) remarks(page answers.Page, width int) []string {
	var out []string
	for _, p := range s.plan.Problems() {
		if f, err := s.field(p.Path); err == nil && belongsTo(f.Page, page) {
			out = append(append(out, ""), s.problem(p, width)...)
		}
	}
	if text, recommended := s.withoutSecret(page); text != "" && !recommended {
		out = append(append(out, ""), s.hintLines(text, width, 0)...)
	}
	return out
}

// withoutSecret returns how nodes can pull without a secret, on the page that asks for one, and whether that is
// recommended; "" when they cannot.
func (s scene) withoutSecret(page answers.Page) (text string, recommended bool) {
	preset, ok := s.draft.Preset()
	if !ok || page != answers.PullSecret {
		return "", false
	}
	fields := s.draft.Answers.Registry("", "")
	if way, ok := preset.RecommendedSecretless(fields); ok {
		return "On " + way.Where + ", nodes can pull without a secret (recommended): see help (f1, tab)", true
	}
	for _, way := range preset.SecretlessFor(fields) {
		return "Without a secret, on " + way.Where + ": " + way.How, false
	}
	return "", false
}

// belongsTo reports whether a problem with an answer of one page is shown on another. Problems with a provider are shown
// with its details, because moving through the list of providers would flash them.
func belongsTo(of, page answers.Page) bool {
	if of == answers.Registry {
		of = answers.Details
	}
	return of == page
}
