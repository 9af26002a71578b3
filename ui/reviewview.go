package ui

import (
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// reviewBlock draws the review: the files, the go-ahead, what went wrong, every problem and every answer.
func (m *Model) reviewBlock(width, height int) block {
	r := &m.review
	title := m.style.strong.Render(answers.Review.Title()) + m.style.dim.Render(m.destination())
	l := itemList{m: m, width: width, lit: -1, block: block{lines: []string{title, ""}}}
	if r.ready {
		l.lit = min(r.at, len(m.items())-1)
	}
	for _, f := range r.Files {
		l.item(func(lit bool) []string { return m.reviewLine(f, lit, width) })
	}
	if r.ToStdout() {
		l.lines = append(l.lines, m.fitted("  values go to standard output", width))
	}
	l.lines = append(l.lines, "")
	l.item(func(bool) []string { return []string{m.button()} })
	if m.probe.ask != nil {
		l.item(func(lit bool) []string { return []string{m.lightened(lit, m.probeText())} })
		l.lines = append(l.lines, indent(m.probeLines(width-2), 2)...)
	}
	l.lines = append(l.lines, "")
	if m.failed != "" {
		for _, line := range wrap(m.failed, width-2) {
			l.lines = append(l.lines, m.style.bad.Render(m.options.Glyphs.Bad+" "+line))
		}
	}
	m.listProblems(&l)
	m.listAnswers(&l)
	return m.cut(l.block, l.from, l.to+1, height)
}

// destination is where the files go, unless that is where the user stands.
func (m *Model) destination() string {
	if folder := m.options.Store.Folder(); folder != "." {
		return "  in " + folder
	}
	return ""
}

// reviewLine is a file and what will become of it, with a line more where there is a choice.
func (m *Model) reviewLine(f session.File, lit bool, width int) []string {
	state, detail := m.style.good.Render("new      "), ""
	switch {
	case f.Offered && !f.Overwrite:
		state, detail = m.style.dim.Render("left out "), "the secret is there already, most likely; space "+other(f)
	case f.Err != nil:
		state, detail = m.style.bad.Render("unreadable"), f.Err.Error()
	case f.Unchanged():
		state = m.style.dim.Render("unchanged")
	case f.Differs() && f.Overwrite && f.Edit:
		state = m.style.warn.Render("change   ")
		detail = f.ChangedLines() + "; the old one stays as " + f.Name + ".bak; space " + other(f)
	case f.Differs() && f.Overwrite:
		state = m.style.warn.Render("overwrite")
		detail = "the old one stays as " + f.Name + ".bak; space " + other(f)
	case f.Differs():
		state = m.style.warn.Render("kept     ")
		detail = f.ChangedLines() + " would change; space " + other(f)
	}
	lines := []string{m.fitted(m.pointer(lit)+state+"  "+f.Name, width)}
	return append(lines, m.aside(detail, width, 13)...)
}

// other is what space does with a file that differs.
func other(f session.File) string {
	switch {
	case f.Offered && f.Overwrite:
		return "leaves it out"
	case f.Offered:
		return "writes it"
	case f.Overwrite:
		return "keeps it"
	case f.Edit:
		return "changes it"
	}
	return "overwrites"
}

func (m *Model) button() string {
	n := len(m.review.Writing())
	text := "Write " + session.Count(n, "file")
	switch {
	case !m.review.ready:
		text = "looking at what is there"
	case n == 0:
		text = "Nothing to write; finish"
	}
	return m.lightened(m.review.ready && m.lit().kind == buttonItem, text)
}

// lightened is something to do, lit or not.
func (m *Model) lightened(lit bool, text string) string {
	if lit {
		text = m.style.accent.Render(text)
	}
	return m.pointer(lit) + text
}

// previewed is the file that is lit, else the first.
func (r *review) previewed() session.File {
	if r.at < len(r.Files) {
		return r.Files[r.at]
	}
	return r.Files[0]
}

// reviewPreview is the file that is lit: its difference where there is one already, else itself.
func (m *Model) reviewPreview(width int) []string {
	if len(m.review.Files) == 0 {
		return nil
	}
	f := m.review.previewed()
	text, differs := string(f.Data), f.Differs()
	if differs {
		text = f.Diff()
	}
	out := []string{m.style.strong.Render(f.Name), ""}
	if differs {
		return append(out, m.diff(text, width)...)
	}
	for line := range strings.Lines(text) {
		line = m.fitted(visible(strings.TrimSuffix(line, "\n")), width)
		switch {
		case strings.HasSuffix(f.Name, ".yaml"):
			line = m.yaml(line)
		case strings.HasPrefix(strings.TrimSpace(line), "#"):
			line = m.style.dim.Render(line)
		}
		out = append(out, line)
	}
	return out
}
