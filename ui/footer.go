package ui

import (
	"slices"
	"strings"
)

// footer names the keys that matter here, as many as fit, the most useful ones first. Help and the way out stay.
func (m *Model) footer() string {
	items, last := m.helpItems()
	dot := " " + m.options.Glyphs.Dot + " "
	fits := func(n int) bool {
		return cells(strings.Join(slices.Concat(items[:n], last), dot)) <= m.width-2*margin
	}
	n := len(items)
	for n > 1 && !fits(n) {
		n--
	}
	return "  " + m.style.dim.Render(m.fitted(strings.Join(slices.Concat(items[:n], last), dot), m.width-2*margin))
}

// helpItems are the keys that matter here, the most useful ones first, and those that always stand last.
func (m *Model) helpItems() (items, last []string) {
	last = []string{"f1 help", "ctrl+c quit"}
	switch {
	case m.overlay != noOverlay:
		return m.overlayHelp(), last[1:]
	case m.pages[m.page].review:
		return append(m.reviewHelp(), "esc back", "ctrl+p preview", "ctrl+o steps", "alt+z undo", "ctrl+y copy"), last
	}
	items = m.fieldHelp()
	if m.options.Earlier != nil {
		items = append(items, "ctrl+r resume")
	}
	items = append(items, "esc back")
	if len(m.mendable()) > 0 {
		items = append(items, "ctrl+n mend")
	}
	return append(items, "ctrl+p preview", "ctrl+o steps", "alt+z undo"), last
}

// overlayHelp are the keys of what lies over the page.
func (m *Model) overlayHelp() []string {
	scroll := m.options.Glyphs.UpDown + " scroll"
	switch presets := m.helped(); {
	case m.overlay == stepsOverlay:
		return []string{"enter go", m.options.Glyphs.UpDown + " move", "esc close"}
	case m.overlay == previewOverlay:
		return []string{"esc close", "ctrl+p next part", scroll, "ctrl+y copy"}
	case m.helpAt < len(presets):
		return []string{"esc close", "tab " + presets[m.helpAt].Title, scroll}
	case m.helpAt > 0:
		return []string{"esc close", "tab keys", scroll, "ctrl+y copy the commands"}
	}
	return []string{"esc close", scroll}
}

// fieldHelp are the keys of the question in focus.
func (m *Model) fieldHelp() []string {
	fields := m.fields()
	f := fields[min(m.focus, len(fields)-1)]
	switch takes := m.draft.Holds(f); {
	case len(f.Choices) > 0 && m.returning:
		return []string{"enter back to review", m.options.Glyphs.UpDown + " move"}
	case len(f.Choices) > 0:
		return []string{"enter choose", m.options.Glyphs.UpDown + " move"}
	case m.draft.Answered(f) == "" && takes != "":
		return []string{"enter takes " + takes, m.options.Glyphs.Right + " edit it", "tab next field"}
	case m.returning:
		return []string{"enter back to review", "tab next field"}
	}
	return []string{"enter next", "tab next field"}
}

// reviewHelp are the keys of the item in focus.
func (m *Model) reviewHelp() []string {
	move := m.options.Glyphs.UpDown + " move"
	switch lit := m.lit(); {
	case m.litFile().Asks():
		return []string{"space " + other(m.litFile()), "enter next", move}
	case lit.kind == buttonItem && m.probe.ask != nil:
		return []string{"enter write", "ctrl+t check images", move}
	case lit.kind == buttonItem:
		return []string{"enter write", move}
	case lit.kind == probeItem:
		return []string{"enter check", move}
	case lit.path != "":
		return []string{"enter change it", move}
	}
	return []string{"enter next", move}
}
