package ui

import (
	"bytes"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/aymanbagabas/go-udiff"
	"github.com/charmbracelet/x/ansi"

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

func (m *Model) reviewBlock(width, height int) block {
	r := &m.review
	b := block{lines: []string{m.style.strong.Render(m.pages[m.page].title) + m.style.dim.Render(m.destination()), ""}}
	from := 0
	for i, f := range r.files {
		if i == r.at {
			from = len(b.lines)
		}
		b.lines = append(b.lines, m.reviewLine(f, i == r.at, width)...)
	}
	if r.at == len(r.files) {
		from = len(b.lines)
	}
	b.lines = append(b.lines, "", m.button(), "")
	if m.failed != "" {
		for _, line := range wrap(m.failed, width-2) {
			b.lines = append(b.lines, m.style.bad.Render(m.options.Glyphs.Bad+" "+line))
		}
	}
	for _, p := range m.problems() {
		b.lines = append(b.lines, m.problem(p, width)...)
	}
	return b.scrolled(from, from+3, height)
}

// destination is where the files go, unless that is where the user stands.
func (m *Model) destination() string {
	if folder := m.options.Store.Folder(); folder != "." {
		return "  in " + folder
	}
	return ""
}

// reviewLine is a file and what will become of it, with a line more where there is a choice.
func (m *Model) reviewLine(f reviewed, lit bool, width int) []string {
	mark := "  "
	if lit {
		mark = m.style.accent.Render(m.options.Glyphs.Current) + " "
	}
	state, detail := m.style.good.Render("new      "), ""
	switch {
	case f.err != nil:
		state, detail = m.style.bad.Render("unreadable"), f.err.Error()
	case f.unchanged():
		state = m.style.dim.Render("unchanged")
	case f.old != nil && f.overwrite:
		state, detail = m.style.warn.Render("overwrite"), "the old one stays as "+f.Name+".bak; space keeps it instead"
	case f.old != nil:
		state, detail = m.style.warn.Render("kept     "), count(changedLines(f), "line")+" would change; space overwrites"
	}
	lines := []string{ansi.Truncate(mark+state+"  "+f.Name, width, m.options.Glyphs.More)}
	for _, line := range wrap(detail, width-13) {
		if line != "" {
			lines = append(lines, strings.Repeat(" ", 13)+m.style.dim.Render(line))
		}
	}
	return lines
}

func (m *Model) button() string {
	n := 0
	for _, f := range m.review.files {
		if f.writes() {
			n++
		}
	}
	text := "Write " + count(n, "file")
	switch {
	case !m.review.ready:
		text = "looking at what is there"
	case n == 0:
		text = "Nothing to write; finish"
	}
	if m.review.ready && m.review.at == len(m.review.files) {
		return m.style.accent.Render(m.options.Glyphs.Current + " " + text)
	}
	return "  " + text
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func changedLines(f reviewed) int {
	n := 0
	for line := range strings.Lines(diff(f)) {
		if strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++") || strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "---") {
			n++
		}
	}
	return n
}

func diff(f reviewed) string {
	return udiff.Unified(f.Name+" (now)", f.Name+" (new)", string(f.old), string(f.Data))
}

// reviewPreview is the file that is lit: its difference where there is one already, else itself.
func (m *Model) reviewPreview(width int) []string {
	r := m.review
	if len(r.files) == 0 {
		return nil
	}
	f := r.files[min(r.at, len(r.files)-1)]
	if r.at == len(r.files) {
		f = r.files[0]
	}
	text, differs := string(f.Data), f.old != nil && !f.unchanged()
	if differs {
		text = diff(f)
	}
	out := []string{m.style.strong.Render(f.Name), ""}
	for line := range strings.Lines(text) {
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "    ")
		style := m.style.value
		switch {
		case differs && strings.HasPrefix(line, "+"):
			style = m.style.good
		case differs && strings.HasPrefix(line, "-"):
			style = m.style.bad
		case strings.HasPrefix(strings.TrimSpace(line), "#"), strings.HasPrefix(line, "@@"):
			style = m.style.dim
		}
		out = append(out, style.Render(ansi.Truncate(line, width, m.options.Glyphs.More)))
	}
	return out
}
