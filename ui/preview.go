package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// tab is a part of the preview.
type tab int

const (
	imagesTab tab = iota
	valuesTab
	secretTab
	problemsTab
)

// preview shows what the answers lead to, computed from the bytes that would be written.
type preview struct {
	tab    tab
	offset int
}

func (p *preview) turn(to tab) { p.tab, p.offset = to, 0 }
func (p *preview) next()       { p.turn((p.tab + 1) % (problemsTab + 1)) }

func (p *preview) scroll(by int) { p.offset = max(0, p.offset+by) }

// view draws the current part into width and height, below the names of all parts. It is no higher than it has to be.
func (p *preview) view(m *Model, width, height int) block {
	room := height - 2
	lines := p.part(m, width)
	b := p.tabs(m, width)
	b.lines = append(b.lines, "")
	for _, line := range window(lines, &p.offset, room) {
		if p.tab == secretTab {
			line = m.scriptLine(line, width)
		}
		b.lines = append(b.lines, line)
	}
	if more := len(lines) - p.offset - room; more > 0 {
		b.lines[height-1] = m.style.dim.Render(fmt.Sprintf("%d more lines, pgdn", more+1))
	}
	return b
}

// tabs are the names of the parts, each to click.
func (p *preview) tabs(m *Model, width int) block {
	var b block
	line := ""
	for i, name := range m.tabNames() {
		style := m.style.dim
		if tab(i) == p.tab {
			style = m.style.accent
		}
		if i > 0 {
			line += m.style.dim.Render(" " + m.options.Glyphs.Dot + " ")
		}
		b.hit(cells(line), cells(name), func() tea.Cmd { p.turn(tab(i)); return nil })
		line += style.Render(name)
	}
	b.lines = []string{ansi.Truncate(line, width, "")}
	return b
}

func (m *Model) tabNames() []string {
	names := []string{"images", "values", "secret", "problems"}
	if n := len(m.problems()); n > 0 {
		names[problemsTab] = fmt.Sprintf("problems %d", n)
	}
	return names
}

func (p *preview) part(m *Model, width int) []string {
	if m.pages[m.page].review && p.tab == valuesTab {
		return m.reviewPreview(width)
	}
	return []func(int) []string{m.imagesPart, m.valuesPart, m.secretPart, m.problemsPart}[p.tab](width)
}
