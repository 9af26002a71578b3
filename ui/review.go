package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/ui/session"
)

// review is the last page: what will be written, over what, and the go-ahead.
type review struct {
	session.Delivery
	at    int // the item that the focus is on
	ready bool
	visit int
	// decided is what was said of files that are there already, by name: it holds after a look at other pages.
	decided map[string]bool
}

// existing is what the store has of the files to write.
type existing struct {
	visit int // the visit to the review that asked: an answer to an earlier one is out of date
	session.Delivery
}

// written is how writing went.
type written struct{ err error }

// openReview asks the store what is there already.
func (m *Model) openReview() tea.Cmd {
	p, o, visit := m.plan, m.options, m.review.visit+1
	m.review, m.failed = review{visit: visit, decided: m.review.decided}, ""
	return func() tea.Msg { return existing{visit, session.Look(p, o.Store, o.ValuesToStdout)} }
}

func (r *review) take(msg existing) {
	if msg.visit != r.visit {
		return
	}
	r.Delivery, r.ready = msg.Delivery, true
	for i, f := range r.Files {
		if overwrite, ok := r.decided[f.Name]; ok {
			r.Files[i].Overwrite = overwrite
		}
	}
	r.at = slices.IndexFunc(r.Files, session.File.Asks)
	if r.at < 0 {
		r.at = len(r.Files)
	}
}

// item is one thing on the review page that the focus can be on.
type item struct {
	kind itemKind
	file int    // of the files
	path string // of the question that enter opens
}

type itemKind int

const (
	fileItem itemKind = iota
	buttonItem
	probeItem
	problemItem
	answerItem
)

// items are all things to go to: the files, the go-ahead, the problems that an answer mends, and the answers.
func (m *Model) items() []item {
	var out []item
	for i := range m.review.Files {
		out = append(out, item{kind: fileItem, file: i})
	}
	out = append(out, item{kind: buttonItem})
	if m.probe.ask != nil {
		out = append(out, item{kind: probeItem})
	}
	for _, f := range m.mendable() {
		out = append(out, item{kind: problemItem, path: f.Path})
	}
	for _, f := range m.answered() {
		out = append(out, item{kind: answerItem, path: f.Path})
	}
	return out
}

// lit is the item that the focus is on.
func (m *Model) lit() item {
	items := m.items()
	return items[min(m.review.at, len(items)-1)]
}

// litFile is the file that the focus is on; an empty one when it is elsewhere.
func (m *Model) litFile() session.File {
	if lit := m.lit(); lit.kind == fileItem {
		return m.review.Files[lit.file]
	}
	return session.File{}
}

// next goes to the next file that differs, else to the button.
func (r *review) next() {
	r.at++
	for r.at < len(r.Files) && !r.Files[r.at].Asks() {
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
		r.at = max(0, min(r.at, len(m.items())-1)-1)
		m.preview.turn(valuesTab)
	case key.Matches(msg, m.keys.Down, m.keys.Next):
		r.at = min(len(m.items())-1, r.at+1)
		m.preview.turn(valuesTab)
	case key.Matches(msg, m.keys.Probe):
		return m.askRegistry()
	case key.Matches(msg, m.keys.Toggle):
		r.toggle(m.lit())
	case key.Matches(msg, m.keys.Enter):
		return m.open(m.lit())
	}
	return nil
}

// toggle decides about a file that is there already.
func (r *review) toggle(lit item) {
	if lit.kind != fileItem || !r.Files[lit.file].Asks() {
		return
	}
	f := &r.Files[lit.file]
	f.Overwrite = !f.Overwrite
	if r.decided == nil {
		r.decided = map[string]bool{}
	}
	r.decided[f.Name] = f.Overwrite
}

// open does what enter does on an item.
func (m *Model) open(lit item) tea.Cmd {
	switch lit.kind {
	case fileItem:
		m.review.next()
		m.preview.turn(valuesTab)
	case buttonItem:
		return m.write()
	case probeItem:
		return m.askRegistry()
	case problemItem, answerItem:
		m.goTo(lit.path)
	}
	return nil
}

// write gives the go-ahead, if nothing is in its way.
func (m *Model) write() tea.Cmd {
	if _, errs := m.draft.Build(); len(errs) > 0 {
		m.notice = "first mend: " + errs[0].Summary
		m.goTo(errs[0].Path)
		return nil
	}
	files, store := m.review.Writing(), m.options.Store
	return func() tea.Msg { return written{store.Write(files)} }
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
func (m *Model) Done() string {
	m.review.Width = m.width
	return m.review.Done()
}

// StdoutValues is the values file for a redirected standard output; nil when the values went to files.
func (m *Model) StdoutValues() []byte { return m.review.StdoutValues() }
