package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// block is a part of the screen: its lines, the cell of the cursor, and the places that can be clicked.
type block struct {
	lines  []string
	cursor *tea.Position // nil when the cursor is elsewhere
	hits   []hit
}

// hit is a place that can be clicked: cells from x on in a line, and the message that a click sends to the root.
type hit struct {
	x, y, width int
	msg         tea.Msg
}

// hit makes the block's next line clickable.
func (b *block) hit(x, width int, msg tea.Msg) {
	b.hits = append(b.hits, hit{x, len(b.lines), width, msg})
}

// hitLines makes all lines of the block clickable.
func (b *block) hitLines(width int, msg tea.Msg) {
	for y := range b.lines {
		b.hits = append(b.hits, hit{0, y, width, msg})
	}
}

// moved returns hits and cursor of a block that is drawn at x, y.
func (b *block) moved(x, y int) ([]hit, *tea.Position) {
	out := make([]hit, len(b.hits))
	for i, h := range b.hits {
		out[i] = hit{h.x + x, h.y + y, h.width, h.msg}
	}
	if b.cursor == nil {
		return out, nil
	}
	return out, &tea.Position{X: b.cursor.X + x, Y: b.cursor.Y + y}
}

// add appends a block below this one.
func (b *block) add(other block) {
	hits, cursor := other.moved(0, len(b.lines))
	b.hits = append(b.hits, hits...)
	if cursor != nil {
		b.cursor = cursor
	}
	b.lines = append(b.lines, other.lines...)
}

// scrolled cuts the block to height lines so that lines from to to are visible, or from when they do not fit. It returns
// the first line that remains.
func (b *block) scrolled(from, to, height int) (top int) {
	if to > height {
		top = min(to-height, from)
	}
	b.lines = b.lines[top:min(len(b.lines), top+height)]
	b.hits, b.cursor = b.moved(0, -top)
	b.hits = slices.DeleteFunc(b.hits, func(h hit) bool { return h.y < 0 || h.y >= len(b.lines) })
	return top
}

// at returns a line; "" after the last one.
func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// window returns the lines that fit height from offset on, after it limited offset to the last full window.
func window(lines []string, offset *int, height int) []string {
	*offset = max(0, min(*offset, len(lines)-height))
	return lines[*offset:min(len(lines), *offset+height)]
}
