package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// footer names the most useful keys, as many as fit. Help and quit are always shown.
func (m *Model) footer(s scene) string {
	items, last := m.footerKeys(s)
	dot := " " + s.glyphs.Dot + " "
	text := func(n int) string { return strings.Join(slices.Concat(items[:n], last), dot) }
	n := len(items)
	for n > 1 && ansi.StringWidth(text(n)) > s.width-2*margin {
		n--
	}
	if over := ansi.StringWidth(text(n)) - (s.width - 2*margin); over > 0 { // a long default: cut it, and not the last keys
		items[0] = s.fitted(items[0], ansi.StringWidth(items[0])-over)
	}
	return "  " + s.style.dim.Render(text(n))
}

// footerKeys returns the keys that work now, the most useful ones first, and those that are always shown.
func (m *Model) footerKeys(s scene) (items, last []string) {
	last = []string{"f1 help", "ctrl+c quit"}
	switch {
	case m.done.shown:
		return m.done.footerKeys(s, m.keys, m.options.Runner != nil), nil
	case m.overlay.kind != noOverlay:
		return m.overlay.footerKeys(s, m.Focus()), last[1:]
	case s.page == answers.Review:
		items = append(m.review.footerKeys(s), "esc back")
		if s.firstFix().kind != noItem {
			items = append(items, "ctrl+n fix")
		}
		return append(items, "ctrl+p preview", "ctrl+o steps", "alt+z undo", "ctrl+y copy"), last
	}
	items = m.form.footerKeys(s)
	switch {
	case m.resume.opensFile:
		items = []string{"enter open the file", "alt+n start anew", s.glyphs.UpDown + " move"}
	case m.resume.offered != nil:
		items = append(items, "ctrl+r resume")
	}
	items = append(items, "ctrl+s review")
	if !slices.Contains(items, cancelKey) { // esc does one thing
		items = append(items, "esc back")
	}
	if len(s.fixable()) > 0 {
		items = append(items, "ctrl+n fix")
	}
	return append(items, "ctrl+p preview", "ctrl+o steps", "alt+z undo"), last
}

func (o *overlay) footerKeys(s scene, focus string) []string {
	scroll := s.glyphs.UpDown + " scroll"
	switch presets := s.helped(focus); {
	case o.kind == stepsOverlay:
		return []string{"enter go", s.glyphs.UpDown + " move", "esc close"}
	case o.kind == previewOverlay:
		return []string{"esc close", "ctrl+p next part", scroll, "ctrl+y copy"}
	case o.help.at < len(presets):
		return []string{"esc close", "tab " + presets[o.help.at].Title, scroll}
	case o.help.at > 0:
		return []string{"esc close", "tab keys", scroll, "ctrl+y copy the commands"}
	}
	return []string{"esc close", scroll}
}

func (p *form) footerKeys(s scene) []string {
	f, _ := p.current(s.work)
	if s.isTable(p.page) {
		return p.tableKeys(s, f)
	}
	switch effective := s.draft.Effective(f); {
	case len(f.Choices) > 0 && p.returning:
		return []string{"enter back to the review", s.glyphs.UpDown + " move"}
	case len(f.Choices) > 0:
		return []string{"enter choose", s.glyphs.UpDown + " move"}
	case s.draft.AnswerTo(f) == "" && effective != "":
		return []string{"enter accepts " + effective, s.glyphs.Right + " edit", "tab next field"}
	case p.returning:
		return []string{"enter back to the review", "tab next field"}
	}
	return []string{"enter next", "tab next field"}
}

// cancelKey says what esc does while a cell of the table is open.
const cancelKey = "esc cancel"

// tableKeys names the keys of the table.
func (p *form) tableKeys(s scene, f answers.Field) []string {
	next := "enter next"
	if p.returning {
		next = "enter back to the review"
	}
	items := []string{next, s.glyphs.LeftRight + " column", "tab next row"}
	switch {
	case p.table.open:
		return []string{"enter choose", s.glyphs.UpDown + " move", cancelKey}
	case p.table.editing:
		return []string{next, cancelKey}
	case p.table.column > 0 && s.draft.AnswerTo(f) != "":
		return append(items, "del inherit")
	case len(f.Choices) > 0:
		return append(items, "space list")
	}
	return append(items, "type to change")
}

func (r *review) footerKeys(s scene) []string {
	move := s.glyphs.UpDown + " move"
	switch i, file := r.focused(s), r.focusedFile(s); {
	case file.Asks() && file.CanOverwrite() && file.Decision() != session.Overwrite:
		return []string{"space " + toggleText(file), "enter next", "o overwrite", move}
	case file.Asks():
		return []string{"space " + toggleText(file), "enter next", move}
	case i.kind == buttonItem && s.probe.ask != nil:
		return []string{"enter write", "ctrl+t check images", move}
	case i.kind == buttonItem:
		return []string{"enter write", move}
	case i.kind == probeItem:
		return []string{"enter check", move}
	case i.fix != nil:
		return []string{"enter fix it", move}
	case i.path != "":
		return []string{"enter edit", move}
	}
	return []string{"enter next", move}
}
