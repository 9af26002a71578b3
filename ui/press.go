package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// press takes one key. What quits or shows comes first, so that it works everywhere.
func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	m.notice = ""
	switch {
	case key.Matches(msg, m.keys.Quit):
		return tea.Interrupt
	case key.Matches(msg, m.keys.Suspend):
		return tea.Suspend
	case m.tooSmall():
		return nil
	}
	if cmd, taken := m.pressAnywhere(msg); taken {
		return cmd
	}
	switch {
	case m.overlay == stepsOverlay && !key.Matches(msg, m.keys.Back):
		return m.pressSteps(msg)
	case m.overlay != noOverlay:
		m.pressOverlay(msg)
		return nil
	case m.pages[m.page].review:
		return m.pressReview(msg)
	}
	return m.pressForm(msg)
}

// pressAnywhere takes the keys that mean the same on every page.
func (m *Model) pressAnywhere(msg tea.KeyPressMsg) (cmd tea.Cmd, taken bool) {
	switch {
	case key.Matches(msg, m.keys.Help):
		m.helpAt = 0
		m.toggle(helpOverlay)
	case key.Matches(msg, m.keys.Preview):
		m.nextPreview()
	case key.Matches(msg, m.keys.PageUp):
		m.preview.scroll(-m.pageStep())
	case key.Matches(msg, m.keys.PageDown):
		m.preview.scroll(m.pageStep())
	case key.Matches(msg, m.keys.Steps):
		m.openSteps()
	case key.Matches(msg, m.keys.Mend):
		m.mend()
	case key.Matches(msg, m.keys.Undo):
		m.undo()
	case key.Matches(msg, m.keys.Copy):
		return m.copy(), true
	case m.options.Earlier != nil && key.Matches(msg, m.keys.Resume):
		return m.resume(), true
	case msg.Mod == tea.ModAlt && msg.Code >= '1' && msg.Code <= '9':
		return m.jump(int(msg.Code - '1')), true
	default:
		return nil, false
	}
	return nil, true
}

func (m *Model) pageStep() int { return max(1, m.height/2) }

func (m *Model) toggle(o overlay) {
	if m.overlay == o {
		o = noOverlay
	}
	m.overlay = o
	m.preview.offset = 0
}

// nextPreview turns the preview: beside the form to its next part, else open and shut.
func (m *Model) nextPreview() {
	if m.wide() || m.overlay == previewOverlay && m.preview.tab != problemsTab {
		m.preview.next()
		return
	}
	if m.overlay != previewOverlay {
		m.preview.turn(imagesTab)
	}
	m.toggle(previewOverlay)
}

func (m *Model) pressOverlay(msg tea.KeyPressMsg) {
	switch {
	case key.Matches(msg, m.keys.Back, m.keys.Enter):
		m.overlay = noOverlay
	case key.Matches(msg, m.keys.Up):
		m.preview.scroll(-1)
	case key.Matches(msg, m.keys.Down):
		m.preview.scroll(1)
	case m.overlay == helpOverlay && key.Matches(msg, m.keys.Next):
		m.turnHelp(1)
	case m.overlay == helpOverlay && key.Matches(msg, m.keys.Previous):
		m.turnHelp(-1)
	case key.Matches(msg, m.keys.Next):
		m.preview.next()
	}
}

// turnHelp shows the next part of the help, round and round.
func (m *Model) turnHelp(by int) {
	parts := 1 + len(m.helped())
	m.helpAt, m.preview.offset = (m.helpAt+by+parts)%parts, 0
}

func (m *Model) pressForm(msg tea.KeyPressMsg) tea.Cmd {
	fields := m.fields()
	m.focus = min(m.focus, len(fields)-1)
	f := fields[m.focus]
	r := m.row(f)
	switch {
	case key.Matches(msg, m.keys.Back):
		if len(f.Choices) > 0 && r.input.value() != "" {
			r.input.set("")
			return nil
		}
		m.leave(f)
		m.previousPage()
	case key.Matches(msg, m.keys.Enter):
		return m.accept(f)
	case key.Matches(msg, m.keys.Next):
		m.move(f, 1)
	case key.Matches(msg, m.keys.Previous):
		m.move(f, -1)
	case key.Matches(msg, m.keys.Up):
		m.step(f, r, -1)
	case key.Matches(msg, m.keys.Down):
		m.step(f, r, 1)
	case len(f.Choices) > 0 && key.Matches(msg, m.keys.First):
		m.chooseFirst(f, r.entries(f))
	case len(f.Choices) > 0 && key.Matches(msg, m.keys.Last):
		m.chooseFirst(f, reversed(r.entries(f)))
	default:
		m.typed(f, r, msg)
	}
	return nil
}

// typed gives a key to the text or the filter.
func (m *Model) typed(f answers.Field, r *row, msg tea.Msg) {
	if len(f.Choices) > 0 && len(f.Choices) < filterable {
		return
	}
	press, _ := msg.(tea.KeyPressMsg)
	if press.Code == tea.KeyRight && r.input.value() == "" && len(f.Choices) == 0 {
		r.input.set(m.draft.Holds(f)) // takes up what is suggested, to change it
		m.answer(f, r.input.value())
		return
	}
	before := r.input.value()
	r.input.update(msg)
	if r.input.value() == before {
		return
	}
	if len(f.Choices) == 0 {
		r.notes = nil
		m.answer(f, r.input.value())
	} else if found := r.entries(f); len(found) > 0 && r.input.value() != "" {
		r.offset = 0
		m.answer(f, found[0].Value)
	}
}

// paste is typing, with what people paste along put right at once.
func (m *Model) paste(msg tea.PasteMsg) {
	if m.tooSmall() || m.overlay != noOverlay || m.pages[m.page].review {
		return
	}
	fields := m.fields()
	f := fields[min(m.focus, len(fields)-1)]
	r := m.row(f)
	if m.address(f, msg.Content) {
		return
	}
	text := strings.TrimSpace(msg.Content)
	seen := session.Visible(text)
	m.typed(f, r, tea.PasteMsg{Content: seen})
	m.normalise(f, r)
	switch {
	case len(f.Choices) > 0:
	case seen != text:
		r.notes = append([]string{"left out characters that can't be seen"}, r.notes...)
	case text != msg.Content:
		r.notes = append([]string{"removed blanks around it"}, r.notes...)
	}
}
