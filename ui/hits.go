package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// hit is a place that can be clicked: cells from x on in a line, and what a click there does.
type hit struct {
	x, y, width int
	do          func() tea.Cmd
}

// hit makes the block's next line clickable.
func (b *block) hit(x, width int, do func() tea.Cmd) {
	b.hits = append(b.hits, hit{x, len(b.lines), width, do})
}

// hitLines makes all lines that the block has clickable.
func (b *block) hitLines(width int, do func() tea.Cmd) {
	for y := range b.lines {
		b.hits = append(b.hits, hit{0, y, width, do})
	}
}

// moved are hits and cursor of a block that is drawn elsewhere.
func (b *block) moved(x, y int) ([]hit, *tea.Position) {
	out := make([]hit, len(b.hits))
	for i, h := range b.hits {
		out[i] = hit{h.x + x, h.y + y, h.width, h.do}
	}
	if b.cursor == nil {
		return out, nil
	}
	return out, &tea.Position{X: b.cursor.X + x, Y: b.cursor.Y + y}
}

// add puts a block below this one.
func (b *block) add(other block) {
	hits, cursor := other.moved(0, len(b.lines))
	b.hits = append(b.hits, hits...)
	if cursor != nil {
		b.cursor = cursor
	}
	b.lines = append(b.lines, other.lines...)
}

// click does what stands in a cell of the frame that was drawn last.
func (m *Model) click(at tea.MouseClickMsg) tea.Cmd {
	i := slices.IndexFunc(m.hits, func(h hit) bool { return h.y == at.Y && at.X >= h.x && at.X < h.x+h.width })
	if i < 0 || at.Button != tea.MouseLeft {
		return nil
	}
	m.notice = ""
	return m.hits[i].do()
}

// wheel scrolls the preview, or whatever lies over the form.
func (m *Model) wheel(msg tea.MouseWheelMsg) {
	by := map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button]
	if m.overlay != noOverlay || m.overPreview(msg.X) {
		m.preview.scroll(by)
	}
}
