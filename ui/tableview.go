package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
)

// tableLabel limits the column of the questions; tableMargin is the room before it, between it and the cells, and for the
// number of hidden columns.
const tableLabel, tableMargin = 22, 8

// tableView draws the table of environments, or the choices of the cell with the focus, and help for that cell.
func (p *form) tableView(s scene, width, height int) block {
	f, _ := p.current(s.work)
	if p.table.open {
		b := block{lines: []string{s.style.strong.Render(s.fitted(f.Label, width)), ""}}
		b.add(p.openList(s, f, width, height-2))
		return b
	}
	foot := append([]string{""}, p.cellHelp(s, f, width)...)
	b := block{lines: []string{s.style.strong.Render(s.pageTitle(p.page)), ""}}
	room := max(3, height-len(b.lines)-1-len(foot))
	b.add(p.grid(s, width, room))
	b.lines = append(b.lines, foot...)
	if remarks := s.remarks(p.page, width); len(b.lines)+len(remarks) <= height {
		b.lines = append(b.lines, remarks...)
	}
	return b
}

// tableWidth returns the width that shows every text of the table in full.
func (p *form) tableWidth(s scene) int {
	width := labelWidth(s.on(p.page), 2*tableLabel) + tableMargin - cellGap
	for c := range min(s.columns(), 8) {
		width += min(maxCell, max(minCell, p.columnWidth(s, c))) + cellGap
	}
	return width
}

// columnWidth returns the width of a column's longest text, worked out once for each change.
func (p *form) columnWidth(s scene, column int) int {
	if width, known := s.columnWidths[column]; known {
		return width
	}
	env := s.columnName(column)
	widest := ansi.StringWidth(env)
	for _, r := range s.rows {
		f, ok := s.cell(r, env)
		widest = max(widest, ansi.StringWidth(s.cellText(r, f, ok)))
	}
	s.columnWidths[column] = widest
	return widest
}

// grid draws the rows that fit height, around the one with the focus, below the names of the columns.
func (p *form) grid(s scene, width, height int) block {
	t := &p.table
	labels := labelWidth(s.on(p.page), min(tableLabel, width/3)*2)
	shown, widths := t.fit(s.columns(), width-labels-tableMargin, func(c int) int { return p.columnWidth(s, c) })
	t.top = max(0, min(t.top, p.focus, len(s.rows)-height))
	t.top = max(t.top, p.focus-height+1)
	b := block{lines: []string{s.tableHead(t, shown, widths, labels)}}
	for i := t.top; i < min(len(s.rows), t.top+height); i++ {
		b.add(p.gridRow(s, i, shown, widths, labels))
	}
	if hidden := len(s.rows) - t.top - height; hidden > 0 {
		last := len(b.lines) - 1
		b.lines[last] = pad(b.lines[last], width-10) + s.style.dim.Render(fmt.Sprintf(" %d more", hidden))
	}
	return b
}

// tableHead draws the names of the columns, and how many are hidden.
func (s scene) tableHead(t *table, shown, widths []int, labels int) string {
	var line strings.Builder
	line.WriteString(pad("", labels+2))
	for i, c := range shown {
		name, style := s.columnTitle(c), s.style.dim
		if c == t.column {
			style = s.style.accent
		}
		line.WriteString("  " + style.Render(pad(s.fitted(name, widths[i]), widths[i])))
	}
	if hidden := s.columns() - len(shown); hidden > 0 {
		line.WriteString(s.style.dim.Render(fmt.Sprintf(" +%d", hidden)))
	}
	return line.String()
}

func (s scene) columnTitle(column int) string {
	if name := s.columnName(column); name != "" {
		return name
	}
	return "all"
}

// gridRow draws a question and its cells.
func (p *form) gridRow(s scene, row int, shown, widths []int, labels int) block {
	r := s.rows[row]
	label := pad(s.fitted(r.all.Label, labels), labels)
	style := s.style.dim
	if row == p.focus {
		style = s.style.strong
	}
	b := block{lines: []string{"  " + style.Render(label)}, hits: []hit{{0, 0, labels + 2, focusMsg{r.path.String()}}}}
	at := labels + 2
	for i, c := range shown {
		f, ok := s.cell(r, s.columnName(c))
		focused := row == p.focus && c == p.table.column
		text := s.drawnCell(r, f, ok, widths[i])
		if focused {
			var cursor int
			text, cursor = p.focusedCell(s, f, text, widths[i])
			b.cursor = &tea.Position{X: at + 2 + cursor}
		}
		b.hits = append(b.hits, hit{at, 0, widths[i] + cellGap, focusMsg{f.Path}})
		b.lines[0] += s.pointer(focused) + pad(text, widths[i])
		at += widths[i] + cellGap
	}
	return b
}

// cellText returns what a cell shows: an answer as it is, a dot for the value of all environments, and another inherited
// value behind a dot.
func (s scene) cellText(r tableRow, f answers.Field, ok bool) string {
	if !ok {
		return "n/a"
	}
	value := s.label(f)
	switch {
	case s.draft.AnswerTo(f) != "" || answers.ParsePath(f.Path).Environment == "":
		return value
	case value == s.label(r.all):
		return s.glyphs.Dot
	}
	return s.glyphs.Dot + " " + value
}

// drawnCell draws a cell without the focus: a default or an inherited value dim, a wrong one red with a mark.
func (s scene) drawnCell(r tableRow, f answers.Field, ok bool, width int) string {
	text := s.cellText(r, f, ok)
	switch {
	case ok && s.label(f) == "" && s.isWrongAt(f.Path):
		return s.style.bad.Render(s.fitted(s.glyphs.Bad+" needed", width))
	case ok && (s.draft.Validate(f) != nil || s.isWrongAt(f.Path)):
		return s.style.bad.Render(s.fitted(s.glyphs.Bad+" "+text, width))
	case s.draft.AnswerTo(f) == "":
		return s.style.dim.Render(s.fitted(text, width))
	}
	return s.fitted(text, width)
}

// focusedCell draws the cell with the focus: the text being edited, else the cell as it is.
func (p *form) focusedCell(s scene, f answers.Field, drawn string, width int) (text string, cursor int) {
	r := p.row(s.work, f)
	if p.table.editing || r.input.value() != "" && len(f.Choices) == 0 {
		return r.input.view(width)
	}
	return drawn, 0
}

// cellHelp draws the help of a cell, and what is wrong with its answer.
func (p *form) cellHelp(s scene, f answers.Field, width int) []string {
	r := p.row(s.work, f)
	out := s.hintLines(f.Help, width, 2)
	if f.Check == nil {
		return s.hintLines("not asked here: the registry or the chart of this column has no such answer", width, 2)
	}
	if found := r.entries(f); len(f.Choices) > 0 && r.input.value() != "" {
		text := "no match; esc clears the filter"
		if len(found) > 0 {
			text = found[0].Label + ": " + found[0].Summary
		}
		out = append(out, s.hintLines(text, width, 2)...)
	} else if len(f.Choices) > 0 {
		out = append(out, s.hintLines("type a choice, or space lists them", width, 2)...)
	} else if s.label(f) == "" {
		out = append(out, s.hintLines(s.hint(f), width, 2)...)
	}
	if err := s.draft.Validate(f); err != nil && p.seen[f.Path] {
		out = append(out, s.mark(s.style.bad, s.glyphs.Bad, err.Error(), width)...)
	}
	for _, note := range r.notes {
		out = append(out, s.mark(s.style.warn, s.glyphs.Warn, note, width)...)
	}
	return out
}
