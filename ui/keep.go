package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/ui/session"
)

// place tells a state of the wizard that is worth keeping from another.
type place struct{ edits, page, focus, reached int }

func (m *Model) place() place { return place{m.edits, m.page, m.focus, m.reached} }

// keep keeps the answers as they are now, before they are shown. A Keep that fails is no reason to disturb anyone: what
// was kept is told when the wizard is left.
func (m *Model) keep() {
	now := m.place()
	if m.options.Keep == nil || m.kept == now {
		return
	}
	if data := m.Left(); data != nil {
		m.kept, m.options.Earlier = now, nil
		_ = m.options.Keep(data)
	}
}

// Left is what there is to go on with when the wizard is left now: the answers so far, and where the user is. It is nil
// when all is written, when there are no answers, and as long as nothing was answered over those of an earlier time.
func (m *Model) Left() []byte {
	if m.draft == nil || m.finished || len(m.draft.Answers.Paths()) == 0 {
		return nil
	}
	if m.options.Earlier != nil && !m.draft.Touched() {
		return nil
	}
	return session.Session{Answers: m.draft.Answers, Page: m.Page(), Reached: m.pages[m.reached].name,
		Question: m.Focus()}.Encode()
}

// resume takes up the earlier answers, if a question stands for each.
func (m *Model) resume() tea.Cmd {
	earlier := *m.options.Earlier
	if wrong := m.options.Catalog.Unknown(earlier.Answers, ""); len(wrong) > 0 {
		m.options.Earlier, m.notice = nil, wrong[0].String()
		return nil
	}
	return m.takeUp(earlier)
}

// takeUp goes on where a session was left; without answers it begins.
func (m *Model) takeUp(s session.Session) tea.Cmd {
	m.draft, m.options.Earlier = session.New(m.options.Catalog, s.Answers, m.options.Sources), nil
	clear(m.rows)
	clear(m.left)
	m.recompute()
	index := func(name string) int {
		return max(0, slices.IndexFunc(m.pages, func(p page) bool { return p.name == name }))
	}
	m.enterPage(index(s.Page))
	m.reached = max(m.page, index(s.Reached))
	if s.Answers != nil && s.Page == "" && len(m.wrong) == 0 { // nothing is to come that has to be answered
		m.reached = len(m.pages) - 1
	}
	if s.Question != "" {
		m.focus = m.indexOf(s.Question)
	}
	if m.pages[m.page].review {
		return m.openReview()
	}
	return nil
}
