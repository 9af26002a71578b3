package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// overlay covers the page with the help, the list of steps, or the preview on a narrow screen.
type overlay struct {
	kind  overlayKind
	help  help
	steps steps
}

type overlayKind int

const (
	noOverlay overlayKind = iota
	previewOverlay
	stepsOverlay
	helpOverlay
)

// toggle opens an overlay, or closes it when it is open.
func (m *Model) toggle(kind overlayKind) {
	if m.overlay.kind == kind {
		kind = noOverlay
	}
	m.overlay.kind = kind
	m.overlay.help.offset, m.preview.offset = 0, 0
}

// scroll scrolls the help, else the preview.
func (m *Model) scroll(by int) {
	if m.overlay.kind == helpOverlay {
		m.overlay.help.offset = max(0, m.overlay.help.offset+by)
		return
	}
	m.preview.scroll(by)
}

// nextPreview shows the next part of the preview. On a narrow screen the preview covers the page: the key opens it, and
// closes it after the last part.
func (m *Model) nextPreview() {
	if m.screen.wide() || m.overlay.kind == previewOverlay && (m.preview.tab+1)%(problemsTab+1) != tabFor(m.form.page) {
		m.preview.next()
		return
	}
	if m.overlay.kind != previewOverlay {
		m.preview.show(tabFor(m.form.page))
	}
	m.toggle(previewOverlay)
}

func (m *Model) pressOverlay(msg tea.KeyPressMsg) {
	isHelp := m.overlay.kind == helpOverlay
	switch {
	case key.Matches(msg, m.keys.Back, m.keys.Enter):
		m.overlay.kind = noOverlay
	case key.Matches(msg, m.keys.Up):
		m.scroll(-1)
	case key.Matches(msg, m.keys.Down):
		m.scroll(1)
	case isHelp && key.Matches(msg, m.keys.Next):
		m.overlay.help.turn(m.scene(), m.Focus(), 1)
	case isHelp && key.Matches(msg, m.keys.Previous):
		m.overlay.help.turn(m.scene(), m.Focus(), -1)
	case key.Matches(msg, m.keys.Next):
		m.preview.next()
	}
}
