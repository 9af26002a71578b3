package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
	"conductor-registry/model/redact"
)

// openList draws the list with the focus: the filter if it is long, then the entries, with a line about each where there
// is room.
func (p *form) openList(s scene, f answers.Field, width, height int) block {
	r := p.row(s.work, f)
	var b block
	if p.indexOf(s.work, f.Path) > 0 && !p.table.open { // the page's title asks the first question
		b.lines = append(append(b.lines, s.pointer(true)+s.style.strong.Render(f.Label)), s.hintLines(f.Help, width, 4)...)
	}
	found := r.entries(f)
	if len(f.Choices) >= filterable {
		prompt := "type to filter"
		if strings.HasSuffix(f.Path, answers.ProviderLeaf) {
			prompt = registryPrompt
		}
		b = s.filterLine(b, r, prompt, len(found), len(f.Choices), width)
	}
	if len(found) == 0 {
		b.lines = append(b.lines, "    "+s.style.warn.Render("no match; esc clears the filter"), "")
		return b
	}
	selected := position(found, s.draft.Answers.Get(f.Path), s.draft.Effective(f))
	b.add(s.entries(f, found, r, selected, width, height-len(b.lines)))
	b.lines = append(b.lines, "")
	return b
}

// filterLine draws the filter and how many entries match it.
func (l look) filterLine(b block, r *row, prompt string, found, all, width int) block {
	count := l.style.dim.Render(fmt.Sprintf("%d of %d", found, all))
	room := width - ansi.StringWidth(count) - 7
	text, cursor := r.input.view(room)
	if r.input.value() == "" {
		text = l.style.dim.Render(l.fitted(prompt, room))
	}
	line := pad("    "+text, width-ansi.StringWidth(count)-1)
	b.cursor = &tea.Position{X: 4 + cursor, Y: len(b.lines)}
	b.lines = append(b.lines, line+count, "")
	return b
}

// listing is the drawn entries of a list.
type listing struct {
	lines    [][]string // of each entry
	selected int
}

// linesOf returns the number of lines of the entries from from to to.
func (l listing) linesOf(from, to int) int {
	n := 0
	for _, lines := range l.lines[from:to] {
		n += len(lines)
	}
	return n
}

// entries draws as many entries as fit height, around the selected one, and counts the others.
func (s scene) entries(f answers.Field, found []answers.Choice, r *row, selected, width, height int) block {
	l := s.listing(f, found, selected, width, height)
	first := l.first(r.offset, height)
	r.offset = first
	var out block
	for i := first; i < len(found); i++ {
		room := height - len(out.lines)
		if first > 0 || l.linesOf(i, len(found)) > room {
			room-- // for the line that counts the others
		}
		if len(l.lines[i]) > room && i > first {
			out.lines = append(out.lines, s.others(first, len(found)-i))
			return out
		}
		part := block{lines: l.lines[i]}
		part.hitLines(width, choiceMsg{f, found[i], i == selected})
		out.add(part)
	}
	if first > 0 {
		out.lines = append(out.lines, s.others(first, 0))
	}
	return out
}

// first returns the first visible entry. The list scrolls only as far as the selected entry requires.
func (l listing) first(before, height int) int {
	if l.linesOf(0, len(l.lines)) <= height {
		return 0
	}
	first := max(0, min(before, l.selected, len(l.lines)-1))
	for first < l.selected && l.linesOf(first, l.selected+1) > height-1 {
		first++
	}
	return first
}

// listing draws each entry. All entries have their details if they fit, else only the selected one has, and empty lines
// separate them where there is room.
func (s scene) listing(f answers.Field, found []answers.Choice, selected, width, height int) listing {
	details := make([][]string, len(found))
	total := 0
	for i, c := range found {
		details[i] = s.detail(f, c, width)
		total += 1 + len(details[i])
	}
	roomy, airy := total <= height, total+len(found) <= height && total > len(found)
	l := listing{selected: selected}
	for i, c := range found {
		label := redact.Visible(c.Label)
		switch {
		case i == selected:
			label = s.style.accent.Render(label)
		case c.Missing != "":
			label = s.style.dim.Render(label)
		}
		lines := []string{s.fitted("  "+s.pointer(i == selected)+label, width)}
		if roomy || i == selected {
			lines = append(lines, details[i]...)
		}
		if airy && i < len(found)-1 {
			lines = append(lines, "")
		}
		l.lines = append(l.lines, lines)
	}
	return l
}

// others counts the hidden entries of a list.
func (l look) others(above, below int) string {
	var parts []string
	if above > 0 {
		parts = append(parts, fmt.Sprintf("%d above", above))
	}
	if below > 0 {
		parts = append(parts, fmt.Sprintf("%d more", below))
	}
	return "    " + l.style.dim.Render(strings.Join(parts, ", "))
}

// detail draws the lines below an entry: why it is not available, or what it means.
func (s scene) detail(f answers.Field, c answers.Choice, width int) []string {
	if c.Missing != "" {
		return s.mark(s.style.dim, s.glyphs.Info, c.Missing, width)
	}
	out := s.hintLines(c.Summary, width, 6)
	if f.Path == "pattern" {
		for _, line := range s.example(c.Value) {
			out = append(out, "      "+s.fitted(line, width-6))
		}
	}
	return out
}
