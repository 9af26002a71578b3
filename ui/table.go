package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// table shows a question in each row, and in each column an environment, behind the column for all of them. It owns the
// column with the focus, which columns are visible, and whether a cell is being edited. The form owns the row and the
// typed text.
type table struct {
	column  int    // 0 is for all environments
	left    int    // the first visible environment's column, from 1
	top     int    // the first visible row
	editing bool   // the answer of the cell has changed since it has the focus
	inText  bool   // left and right move in the text of the cell
	before  string // the answer before it was edited, for esc
	open    bool   // the choices of the cell are listed
}

// leave ends editing a cell.
func (t *table) leave() { t.editing, t.inText, t.open = false, false, false }

// move moves the focus to another column, and stops at the ends.
func (t *table) move(by, columns int) {
	t.column = max(0, min(t.column+by, columns-1))
}

// cycle moves the focus to the next environment, and after the last one to the first.
func (t *table) cycle(columns int) { t.column = t.column%(columns-1) + 1 }

// isCellMove reports whether a key moves the focus to another column.
func (t *table) isCellMove(k keys, msg tea.KeyPressMsg) bool {
	return !t.inText && key.Matches(msg, k.Left, k.Right) || key.Matches(msg, k.Environment)
}

// press moves to another column.
func (t *table) press(k keys, msg tea.KeyPressMsg, columns int) {
	switch {
	case key.Matches(msg, k.Left):
		t.move(-1, columns)
	case key.Matches(msg, k.Right):
		t.move(1, columns)
	case key.Matches(msg, k.Environment):
		t.cycle(columns)
	}
}

// The narrowest column, the room that an environment needs, the widest column, and the room between two columns.
const minCell, roomyCell, maxCell, cellGap = 8, 12, 34, 2

// fit returns the columns to show, the first one always, and their widths: as many as fit room, so that the one with the
// focus is visible. Wide returns the width that a column would like.
func (t *table) fit(columns, room int, wide func(column int) int) (shown, widths []int) {
	n := max(1, (room-roomyCell)/(roomyCell+cellGap)) // environments that fit
	t.left = max(1, min(t.left, columns-n, max(t.column, 1)))
	if t.column > t.left+n-1 {
		t.left = t.column - n + 1
	}
	shown = []int{0}
	for i := t.left; i < min(columns, t.left+n); i++ {
		shown = append(shown, i)
	}
	over := -room - cellGap
	for _, c := range shown {
		width := min(maxCell, max(minCell, wide(c)))
		widths = append(widths, width)
		over += width + cellGap
	}
	shrink(widths, over)
	return shown, widths
}

// shrink makes the widest columns narrower until over cells are saved.
func shrink(widths []int, over int) {
	for ; over > 0; over-- {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		widths[widest] = max(1, widths[widest]-1)
	}
}
