package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/answers"
)

// jump opens a page that was seen before. Nothing that is wrong here holds anyone.
func (m *Model) jump(to int) tea.Cmd {
	if to > m.reached || to >= len(m.pages) {
		m.notice = "that step comes later; enter leads there"
		return nil
	}
	if fields := m.fields(); len(fields) > 0 {
		m.leave(fields[min(m.focus, len(fields)-1)])
	}
	m.overlay = noOverlay
	m.enterPage(to)
	switch {
	case m.pages[to].review:
		return m.openReview()
	case len(m.fields()) == 0:
		return m.nextPage()
	}
	return nil
}

// goTo opens the page of an answers path, at its question.
func (m *Model) goTo(path string) {
	f, err := m.options.Catalog.Field(m.draft.Answers, path)
	if err != nil {
		return
	}
	back := m.pages[m.page].review || m.returning
	i := slices.IndexFunc(m.pages, func(p page) bool { return p.at == f.Page })
	m.overlay = noOverlay
	m.enterPage(i)
	m.focus, m.returning, m.left[path] = m.indexOf(path), back, true
}

// mendable are the questions that the problems come from, each once, in the order of the problems. What is only worth
// knowing, and what is about pages that are to come, is not to be mended.
func (m *Model) mendable() []answers.Field {
	var out []answers.Field
	for _, p := range m.problems() {
		f, err := m.options.Catalog.Field(m.draft.Answers, p.Path)
		if err != nil || p.Severity == model.Info || int(f.Page) > m.reached {
			continue
		}
		if !slices.ContainsFunc(out, func(g answers.Field) bool { return g.Path == f.Path }) {
			out = append(out, f)
		}
	}
	return out
}

// mend goes to the question that mends a problem: from one to the next.
func (m *Model) mend() {
	fields := m.mendable()
	if len(fields) == 0 {
		m.notice = "no answer is in need of mending"
		return
	}
	at := slices.IndexFunc(fields, func(f answers.Field) bool { return f.Path == m.Focus() })
	m.goTo(fields[(at+1)%len(fields)].Path)
}
