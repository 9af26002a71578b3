package ui

import (
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// resume holds the unfinished session or the values file that was found.
type resume struct {
	offered *session.Session // one that was found; nil for none, or once it is out of date
	saved   place            // what was given to Keep last
	// opensFile reports that enter opens the values file that was found: no other key was pressed.
	opensFile bool
}

// place tells one state of the wizard that is worth saving from another.
type place struct {
	edits, focus  int
	page, reached answers.Page
}

func (m *Model) place() place { return place{m.work.edits, m.form.focus, m.form.page, m.reached} }

// save saves the answers before they are drawn. The caller reports an error of Keep when the wizard ends.
func (m *Model) save() {
	now := m.place()
	if m.options.Keep == nil || m.resume.saved == now {
		return
	}
	if data := m.Left(); data != nil {
		m.resume = resume{saved: now}
		_ = m.options.Keep(data)
	}
}

// Left returns the session to resume when the wizard is left now; nil when the files are written, when there are no
// answers, and while an offered session was not overridden by an answer.
func (m *Model) Left() []byte {
	if m.work.draft == nil || m.end.written || len(m.work.draft.Answers.Paths()) == 0 {
		return nil
	}
	if m.resume.offered != nil && !m.work.draft.CanUndo() {
		return nil
	}
	return session.Session{Answers: m.work.draft.Answers, Page: m.Page(), Reached: m.reached.Name(),
		Question: m.Focus()}.Encode()
}

// resumeOffered resumes the session that was found, if there is a question for each of its answers.
func (m *Model) resumeOffered() tea.Cmd {
	offered := *m.resume.offered
	m.resume.offered = nil
	if from := m.options.EarlierSources; from.Opened.Name != "" {
		m.options.Sources = from
	}
	m.options.Sources.FromFolder = m.options.EarlierSources.FromFolder
	if wrong := m.work.catalog.Unknown(offered.Answers, ""); len(wrong) > 0 {
		m.notice = wrong[0].Summary
		return nil
	}
	return m.begin(offered)
}

// begin continues a session where it was left. Without answers it starts at the first page.
func (m *Model) begin(s session.Session) tea.Cmd {
	m.work.start(s.Answers, m.options.Sources)
	m.form.clear()
	if removed := m.work.draft.Removed; len(removed) > 0 {
		m.notice = model.List(removed) + " contained a password and is left out"
	}
	m.reached = 0
	m.openPage(pageNamed(s.Page))
	m.reached = max(m.form.page, pageNamed(s.Reached))
	if s.Answers != nil && s.Page == "" && len(m.work.wrong) == 0 { // no later page has a question that must be answered
		m.reached = answers.Review
	}
	if s.Question != "" {
		m.form.focusAt(m.work, s.Question)
	}
	if m.form.page == answers.Review {
		return m.openReview()
	}
	return nil
}

// pageNamed returns the page with that name, else the first one.
func pageNamed(name string) answers.Page {
	for page := answers.Chart; page <= answers.Review; page++ {
		if page.Name() == name {
			return page
		}
	}
	return answers.Chart
}
