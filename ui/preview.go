package ui

import (
	"fmt"
	"strings"

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
func (p *preview) view(m *Model, width, height int) []string {
	room := height - 2
	lines := p.part(m, width)
	out := append([]string{p.tabs(m, width), ""}, window(lines, &p.offset, room)...)
	if more := len(lines) - p.offset - room; more > 0 {
		out[height-1] = m.style.dim.Render(fmt.Sprintf("%d more lines, pgdn", more+1))
	}
	return out
}

func (p *preview) tabs(m *Model, width int) string {
	names := []string{"images", "values", "secret", "problems"}
	if n := len(m.problems()); n > 0 {
		names[problemsTab] = fmt.Sprintf("problems %d", n)
	}
	for i, name := range names {
		if tab(i) == p.tab {
			names[i] = m.style.accent.Render(name)
		} else {
			names[i] = m.style.dim.Render(name)
		}
	}
	return ansi.Truncate(strings.Join(names, m.style.dim.Render(" "+m.options.Glyphs.Dot+" ")), width, "")
}

func (p *preview) part(m *Model, width int) []string {
	if m.pages[m.page].review && p.tab == valuesTab {
		return m.reviewPreview(width)
	}
	return []func(int) []string{m.imagesPart, m.valuesPart, m.secretPart, m.problemsPart}[p.tab](width)
}
