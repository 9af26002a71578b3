package ui

import (
	"bytes"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/plan"
)

// review is the last page: what will be written, over what, and the go-ahead.
type review struct {
	files []reviewed
	at    int // a file, or len(files): the button
	ready bool
}

// reviewed is one file against what is there now.
type reviewed struct {
	plan.File
	old       []byte // nil: there is none
	overwrite bool   // what is there is kept unless the user says so
	err       error  // why what is there can't be read
}

// existing is what the store has of the files to write.
type existing struct{ files []reviewed }

// written is how writing went.
type written struct{ err error }

// openReview asks the store what is there already.
func (m *Model) openReview() tea.Cmd {
	files := m.files()
	m.review, m.failed = review{}, ""
	store := m.options.Store
	return func() tea.Msg {
		var out []reviewed
		for _, f := range files {
			old, err := store.Read(f.Name)
			out = append(out, reviewed{File: f, old: old, err: err})
		}
		return existing{out}
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
	r.files, r.ready = msg.files, true
	r.at = len(r.files)
}

// unchanged tells whether the file is there already, byte for byte.
func (f reviewed) unchanged() bool { return f.old != nil && bytes.Equal(f.old, f.Data) }

// writes tells whether the go-ahead writes this file.
func (f reviewed) writes() bool { return f.old == nil && f.err == nil || !f.unchanged() && f.overwrite }

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
	case r.at < len(r.files) && key.Matches(msg, m.keys.Toggle, m.keys.Enter):
		if f := &r.files[r.at]; f.old != nil && !f.unchanged() {
			f.overwrite = !f.overwrite
		} else {
			r.at++
		}
	case key.Matches(msg, m.keys.Enter):
		return m.write()
	}
	return nil
}

// write gives the go-ahead, if nothing is in its way.
func (m *Model) write() tea.Cmd {
	if errs := m.blocking(); len(errs) > 0 {
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

func (m *Model) blocking() model.Problems {
	return append(m.wrong.Errors(), m.plan.Problems().Errors()...)
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
