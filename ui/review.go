package ui

import (
	"bytes"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/plan"
)

// review is the last page: what will be written, over what, and the go-ahead.
type review struct {
	files []reviewed
	at    int // a file, or len(files): the button
	ready bool
	visit int
}

// reviewed is one file against what is there now.
type reviewed struct {
	plan.File
	old       []byte // nil: there is none
	overwrite bool   // what is there is kept unless the user says so
	err       error  // why what is there can't be read
}

// existing is what the store has of the files to write.
type existing struct {
	visit int // the visit to the review that asked: an answer to an earlier one is out of date
	files []reviewed
}

// written is how writing went.
type written struct{ err error }

// openReview asks the store what is there already.
func (m *Model) openReview() tea.Cmd {
	files, store, visit := m.files(), m.options.Store, m.review.visit+1
	m.review, m.failed = review{visit: visit}, ""
	return func() tea.Msg {
		var out []reviewed
		for _, f := range files {
			old, err := store.Read(f.Name)
			out = append(out, reviewed{File: f, old: old, err: err})
		}
		return existing{visit, out}
	}
}

// files are all that is to be written, the answers last.
func (m *Model) files() []plan.File {
	var out []plan.File
	for _, f := range m.plan.Files() {
		if !m.toStdout() || !strings.HasPrefix(f.Name, "values") {
			out = append(out, f)
		}
	}
	return append(out, plan.File{Name: "answers.yaml", Data: m.plan.Answers.Encode(), Mode: 0o644})
}

func (r *review) take(msg existing) {
	if msg.visit != r.visit {
		return
	}
	r.files, r.ready = msg.files, true
	r.at = slices.IndexFunc(r.files, reviewed.differs)
	if r.at < 0 {
		r.at = len(r.files)
	}
}

// unchanged tells whether the file is there already, byte for byte.
func (f reviewed) unchanged() bool { return f.old != nil && bytes.Equal(f.old, f.Data) }

// differs tells whether there is another file of that name already.
func (f reviewed) differs() bool { return f.old != nil && !f.unchanged() }

// writes tells whether the go-ahead writes this file.
func (f reviewed) writes() bool { return f.old == nil && f.err == nil || !f.unchanged() && f.overwrite }

// next goes to the next file that differs, else to the button.
func (r *review) next() {
	r.at++
	for r.at < len(r.files) && !r.files[r.at].differs() {
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
		r.at = min(len(r.files), r.at+1)
		m.preview.turn(valuesTab)
	case r.at < len(r.files) && key.Matches(msg, m.keys.Toggle):
		if f := &r.files[r.at]; f.differs() {
			f.overwrite = !f.overwrite
		}
	case r.at < len(r.files) && key.Matches(msg, m.keys.Enter):
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
	var files []plan.File
	for _, f := range m.review.files {
		if f.writes() {
			files = append(files, f.File)
		}
	}
	store := m.options.Store
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
