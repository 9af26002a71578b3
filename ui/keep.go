package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/session"
	"conductor-registry/ui/draft"
)

// keeping is what is known of the answers that are kept while the wizard runs.
type keeping struct {
	busy bool
	kept place // what was given to Keep last
}

// place tells a state of the wizard that is worth keeping from another.
type place struct{ edits, page, focus, reached int }

// kept is a Keep that is done. A failed one is no reason to disturb anyone: leaving tells what was kept.
type kept struct{}

func (m *Model) place() place { return place{m.edits, m.page, m.focus, m.reached} }

// keep keeps the newest answers, in the background and one at a time: no key ever waits for it.
func (m *Model) keep() tea.Cmd {
	now := m.place()
	if m.options.Keep == nil || m.keeping.busy || m.keeping.kept == now {
		return nil
	}
	data := m.Left()
	if data == nil {
		return nil
	}
	m.keeping, m.options.Earlier = keeping{true, now}, nil
	keep := m.options.Keep
	return func() tea.Msg {
		_ = keep(data)
		return kept{}
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

// takeUp goes on where a session was left; without answers it begins.
func (m *Model) takeUp(s session.Session) tea.Cmd {
	m.draft, m.options.Earlier = draft.New(m.options.Catalog, s.Answers), nil
	clear(m.rows)
	m.recompute()
	index := func(name string) int {
		return max(0, slices.IndexFunc(m.pages, func(p page) bool { return p.name == name }))
	}
	m.enterPage(index(s.Page))
	m.reached = max(m.page, index(s.Reached))
	if s.Question != "" {
		m.focus = m.indexOf(s.Question)
	}
	if m.pages[m.page].review {
		return m.openReview()
	}
	return nil
}
