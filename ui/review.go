package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/plan"
	"conductor-registry/ui/delivery"
)

// review is the last page: what will be written, over what, and the go-ahead.
type review struct {
	delivery.Delivery
	at    int // a file, or len(Files): the button
	ready bool
	visit int
}

// existing is what the store has of the files to write.
type existing struct {
	visit int // the visit to the review that asked: an answer to an earlier one is out of date
	delivery.Delivery
}

// written is how writing went.
type written struct{ err error }

// openReview asks the store what is there already.
func (m *Model) openReview() tea.Cmd {
	p, o, visit := m.plan, m.options, m.review.visit+1
	m.review, m.failed = review{visit: visit}, ""
	return func() tea.Msg { return existing{visit, delivery.Look(p, o.Store, o.ValuesToStdout)} }
}

func (r *review) take(msg existing) {
	if msg.visit != r.visit {
		return
	}
	r.Delivery, r.ready = msg.Delivery, true
	r.at = slices.IndexFunc(r.Files, delivery.File.Differs)
	if r.at < 0 {
		r.at = len(r.Files)
	}
}

// next goes to the next file that differs, else to the button.
func (r *review) next() {
	r.at++
	for r.at < len(r.Files) && !r.Files[r.at].Differs() {
		r.at++
	}
}

func (m *Model) pressReview(msg tea.KeyPressMsg) tea.Cmd {
	r := &m.review
	switch {
	case key.Matches(msg, m.keys.Back):
		m.previousPage()
	case !r.ready:
	case key.Matches(msg, m.keys.Up, m.keys.Previous):
		r.at = max(0, r.at-1)
		m.preview.turn(valuesTab)
	case key.Matches(msg, m.keys.Down, m.keys.Next):
		r.at = min(len(r.Files), r.at+1)
		m.preview.turn(valuesTab)
	case r.at < len(r.Files) && key.Matches(msg, m.keys.Toggle):
		if f := &r.Files[r.at]; f.Differs() {
			f.Overwrite = !f.Overwrite
		}
	case r.at < len(r.Files) && key.Matches(msg, m.keys.Enter):
		r.next()
		m.preview.turn(valuesTab)
	case key.Matches(msg, m.keys.Enter):
		return m.write()
	}
	return nil
}

// write gives the go-ahead, if nothing is in its way.
func (m *Model) write() tea.Cmd {
	if _, errs := plan.Build(m.options.Catalog, m.answers, ""); len(errs) > 0 {
		m.notice = "first mend: " + errs[0].Summary
		m.goTo(errs[0].Path)
		return nil
	}
	files, store := m.review.Writing(), m.options.Store
	return func() tea.Msg { return written{store.Write(files)} }
}

// goTo opens the page and the question of an answers path.
func (m *Model) goTo(path string) {
	f, err := m.options.Catalog.Field(m.answers, path)
	if err != nil {
		return
	}
	for i, p := range m.pages {
		if !p.review && p.at == f.Page {
			m.enterPage(i)
			m.focus = m.indexOf(path)
			m.row(f).left = true
		}
	}
}

func (m *Model) wrote(msg written) tea.Cmd {
	if msg.err != nil {
		m.failed = msg.err.Error()
		return nil
	}
	m.finished = true
	return tea.Quit
}

// Done is what is said on the normal screen when all is written, so that it stays in the scrollback.
func (m *Model) Done() string { return m.review.Done() }

// StdoutValues is the values file for a redirected standard output; nil when the values went to files.
func (m *Model) StdoutValues() []byte { return m.review.StdoutValues() }
