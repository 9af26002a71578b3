package ui

import (
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// page is one step of the wizard.
type page struct {
	name   string // in the list of steps
	at     answers.Page
	shows  tab // what the preview turns to
	review bool
}

func pages() []page {
	shows := [...]tab{answers.Pattern: valuesTab, answers.PullSecret: secretTab, answers.Review: valuesTab}
	var out []page
	for at := answers.Chart; at <= answers.Review; at++ {
		out = append(out, page{at.Name(), at, shows[at], at == answers.Review})
	}
	return out
}

// fields are the questions on the current page.
func (m *Model) fields() []answers.Field {
	if m.pages[m.page].review {
		return nil
	}
	var out []answers.Field
	for _, f := range m.questions {
		if f.Page == m.pages[m.page].at {
			out = append(out, f)
		}
	}
	return out
}

// enterPage goes to a page and to the first question there that wants an answer.
func (m *Model) enterPage(to int) {
	m.page, m.focus, m.returning = to, 0, false
	m.reached = max(m.reached, to)
	m.preview.turn(m.pages[to].shows)
	for i, f := range m.fields() {
		if !f.Advanced {
			m.focus = i
			break
		}
	}
	m.settle()
}

// settle makes the answer of a list without default the entry that is lit: the preview follows it.
func (m *Model) settle() {
	for _, f := range m.fields() {
		if m.draft.MustChoose(f) {
			m.forget(m.draft.Suppose(f, f.Choices[0].Value))
			m.recompute()
		}
	}
}

// nextPage goes on, past pages that have nothing to ask. Who came from the review goes back there, unless the answer
// has made others wrong.
func (m *Model) nextPage() tea.Cmd {
	returning := m.returning
	for to := m.page + 1; to < len(m.pages); to++ {
		if returning && !m.pages[to].review && !m.pageWrong(m.pages[to]) {
			continue
		}
		m.enterPage(to)
		m.returning = returning
		if m.pages[to].review {
			return m.openReview()
		}
		if len(m.fields()) > 0 {
			return nil
		}
	}
	return nil
}

// previousPage goes back, whatever is wrong on this one.
func (m *Model) previousPage() {
	for to := m.page - 1; to >= 0; to-- {
		m.enterPage(to)
		if len(m.fields()) > 0 {
			return
		}
	}
	if m.page == 0 {
		m.notice = "this is the first page; ctrl+c leaves, and nothing is written"
	}
}
