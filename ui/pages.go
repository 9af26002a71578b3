package ui

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// openPage shows a page.
func (m *Model) openPage(page answers.Page) {
	m.form.open(m.work, page)
	m.reached = max(m.reached, page)
	m.preview.show(tabFor(page))
}

// openTable shows the table of environments after an image name answered what all have in common: people name
// environments because they differ.
func (m *Model) openTable() {
	if !m.work.isTable(m.form.page) {
		m.openPage(answers.Images)
		m.form.table.column = 1
	}
}

// openReview shows the files to write.
func (m *Model) openReview() tea.Cmd {
	return m.review.open(m.work.draft, m.options.Store, m.options.ValuesToStdout)
}

// compareAgain compares the files again, after a key on the review changed what is written.
func (m *Model) compareAgain() tea.Cmd {
	if m.form.page != answers.Review {
		return nil
	}
	return m.review.compare(m.work.draft, m.options.Store, m.options.ValuesToStdout)
}

// nextPage opens the next page that has questions. When this page was opened from the review it returns there, unless
// the answer made others wrong.
func (m *Model) nextPage() tea.Cmd {
	returning := m.form.returning
	for to := m.form.page + 1; to <= answers.Review; to++ {
		if returning && to != answers.Review && !m.work.isWrong(to) {
			continue
		}
		m.openPage(to)
		m.form.returning = returning
		if to == answers.Review {
			return m.openReview()
		}
		if len(m.work.on(to)) > 0 {
			return nil
		}
	}
	return nil
}

// finish opens the review, with the defaults for the questions without an answer. It stops at the first question that
// has no default.
func (m *Model) finish(notice string) tea.Cmd {
	m.overlay.kind = noOverlay
	if f, missing := m.work.missing(answers.Review); missing {
		m.openPage(f.Page)
		m.form.focusAt(m.work, f.Path)
		m.notice = cmp.Or(notice, "ctrl+s goes on to the review when this is answered: "+f.Label)
		return nil
	}
	m.openPage(answers.Review)
	if m.notice = notice; notice == "" {
		m.notice = m.work.defaults()
	}
	return m.openReview()
}

// previousPage opens the previous page that has questions, even when this one has errors.
func (m *Model) previousPage() {
	for to := m.form.page - 1; to >= 0; to-- {
		m.openPage(to)
		if len(m.work.on(to)) > 0 {
			return
		}
	}
	if m.form.page == 0 {
		m.notice = "this is the first step; ctrl+c quits without writing"
	}
}

// jump opens a page, even when this one has errors. It stops at the first question before it that has no default.
func (m *Model) jump(to answers.Page) tea.Cmd {
	if to > answers.Review {
		return nil
	}
	m.form.leaveCurrent(m.work)
	m.overlay.kind = noOverlay
	if f, missing := m.work.missing(to); missing && to > m.reached {
		m.openPage(f.Page)
		m.form.focusAt(m.work, f.Path)
		m.notice = "answer this first: " + f.Label
		return nil
	}
	if part := to; m.work.isMerged(to) { // the part of the table that this page would be
		to = answers.Images
		column := m.form.table.column
		m.openPage(to)
		m.form.focus, m.form.table.column = m.work.firstRow(part), column
		return nil
	}
	m.openPage(to)
	switch {
	case to == answers.Review:
		return m.openReview()
	case len(m.work.on(to)) == 0:
		return m.nextPage()
	}
	return nil
}

// goTo opens the page of an answers path, with the focus on its question.
func (m *Model) goTo(path string) {
	f, err := m.work.field(path)
	if err != nil {
		return
	}
	back := m.form.page == answers.Review || m.form.returning
	m.overlay.kind = noOverlay
	m.openPage(f.Page)
	m.form.focusAt(m.work, path)
	m.form.returning, m.form.seen[path] = back, true
}
