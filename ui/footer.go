package ui

// footer names the keys that matter here, as many as fit, the most useful ones first.
func (m *Model) footer() string {
	line := ""
	for _, item := range m.helpItems() {
		next := item
		if line != "" {
			next = line + " " + m.options.Glyphs.Dot + " " + item
		}
		if cells(next) > m.width-2*margin {
			break
		}
		line = next
	}
	return "  " + m.style.dim.Render(line)
}

// helpItems are the keys that matter here, the most useful ones first.
func (m *Model) helpItems() []string {
	g := m.options.Glyphs
	switch {
	case m.overlay == helpOverlay:
		if presets := m.helped(); len(presets) > 0 && m.helpAt < len(presets) {
			return []string{"esc close", "tab " + presets[m.helpAt].Title, g.UpDown + " scroll", "ctrl+c quit"}
		}
		return []string{"esc close", "tab keys", g.UpDown + " scroll", "ctrl+y copy the commands", "ctrl+c quit"}
	case m.overlay == stepsOverlay:
		return []string{"enter go", g.UpDown + " move", "esc close", "ctrl+c quit"}
	case m.overlay == previewOverlay:
		return []string{"esc close", "ctrl+p next part", g.UpDown + " scroll", "ctrl+y copy", "ctrl+c quit"}
	case m.pages[m.page].review:
		return append(m.reviewHelp(), "esc back", "ctrl+p preview", "f1 help", "ctrl+c quit", "ctrl+o steps", "alt+z undo",
			"ctrl+y copy")
	}
	items := m.fieldHelp()
	if m.options.Earlier != nil {
		items = append(items, "ctrl+r resume")
	}
	items = append(items, "esc back")
	if len(m.mendable()) > 0 {
		items = append(items, "ctrl+n mend")
	}
	return append(items, "ctrl+p preview", "f1 help", "ctrl+c quit", "ctrl+o steps", "alt+z undo")
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
	case m.litFile().Differs():
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
