package ui

import (
	"conductor-registry/model/answers"
	"conductor-registry/model/redact"
	"conductor-registry/ui/session"
)

// itemList draws a list of items.
type itemList struct {
	block
	width    int
	n, focus int // items so far, and the one with the focus
	from, to int // the lines of the one with the focus
}

// item draws the next item.
func (l *itemList) item(draw func(focused bool) []string) {
	focused := l.n == l.focus
	part := block{lines: draw(focused)}
	part.hitLines(l.width, itemMsg{l.n})
	l.n++
	if focused {
		l.from, l.to = len(l.lines), len(l.lines)+len(part.lines)
	}
	l.add(part)
}

// view draws the files, the button, an error, the problems and the answers.
func (r *review) view(s scene, folder string, width, height int) block {
	title := s.style.strong.Render(answers.Review.Title())
	if folder != "." {
		title += s.style.dim.Render("  in " + redact.Visible(folder))
	}
	l := itemList{width: width, focus: -1, block: block{lines: []string{title, ""}}}
	if r.ready {
		l.focus = min(r.at, len(r.items(s))-1)
	}
	for _, f := range r.Files {
		l.item(func(focused bool) []string { return s.reviewLine(f, focused, r.asking == f.Name, width) })
	}
	if r.ToStdout() {
		l.lines = append(l.lines, s.fitted("  values go to stdout", width))
	}
	l.lines = append(l.lines, "")
	l.item(func(focused bool) []string { return []string{s.action(focused, r.buttonText())} })
	if s.probe.ask != nil {
		l.item(func(focused bool) []string { return []string{s.action(focused, s.probeText())} })
		l.lines = append(l.lines, indent(append(s.probeLines(width-2), s.copyLines(width-2)...), 2)...)
	}
	l.lines = append(l.lines, "")
	if r.failed != "" {
		l.lines = append(append(l.lines, s.mark(s.style.bad, s.glyphs.Bad, r.failed, width)...), "")
	}
	l.addProblems(s)
	l.addAnswers(s)
	return s.cut(l.block, l.from, l.to+1, height)
}

// addProblems lists every problem, and how many writing corrects. Those that a key fixes are items.
func (l *itemList) addProblems(s scene) {
	for _, p := range s.problems {
		i := s.problemItem(p)
		if i.kind == noItem {
			l.lines = append(l.lines, indent(s.problem(p, l.width-2), 2)...)
			continue
		}
		l.item(func(focused bool) []string {
			if i.fix != nil {
				p.Fix = "enter fixes it: " + p.Fix
			}
			lines := s.problem(p, l.width-2)
			return append([]string{s.pointer(focused) + lines[0]}, indent(lines[1:], 2)...)
		})
	}
	for _, f := range s.linted.corrected {
		p := f.Problem
		p.Summary, p.Fix = "corrected: "+s.known.Text(p.Summary), ""
		lines := s.statement(p, s.style.good, s.glyphs.Done, l.width-2)
		l.lines = append(l.lines, indent(lines, 2)...)
	}
	if len(s.problems)+len(s.linted.corrected) > 0 {
		l.lines = append(l.lines, "")
	}
}

// addAnswers lists the answers.
func (l *itemList) addAnswers(s scene) {
	fields := s.answered()
	labels := labelWidth(fields, l.width)
	for _, f := range fields {
		l.item(func(focused bool) []string {
			label := pad(s.fitted(f.Label, labels), labels)
			line := s.pointer(focused) + s.style.dim.Render(label) + "  " + s.shown(f, s.label(f))
			return []string{s.fitted(line, l.width)}
		})
	}
}

// reviewLine draws a file and what writing does to it, and how to change that. Asked reports that the next key may
// overwrite it.
func (s scene) reviewLine(f session.File, focused, asked bool, width int) []string {
	state, detail := s.style.good.Render("new      "), ""
	backup := "; backup: " + f.Name + ".bak"
	switch {
	case f.Offered && !f.Overwrite:
		state, detail = s.style.dim.Render("skip     "), "the secret probably exists already; space "+toggleText(f)
	case f.Err != nil:
		state, detail = s.style.bad.Render("unreadable"), f.Err.Error()
	case f.Unchanged():
		state = s.style.dim.Render("unchanged")
	case asked:
		state, detail = s.style.bad.Render("overwrite?"), "o again replaces the whole file: "+f.LostLines()+
			" of it would be only in "+f.Name+".bak; any other key cancels"
	case f.Differs() && f.Decision() == session.Merge:
		state, detail = s.style.warn.Render("merge    "), f.ChangedLines()+" changed"+backup+"; space "+toggleText(f)
	case f.Differs() && f.Overwrite:
		state, detail = s.style.warn.Render("overwrite"), f.ChangedLines()+" changed"+backup+"; space "+toggleText(f)
	case f.Differs() && f.NoMerge != "":
		state, detail = s.style.warn.Render("keep     "), "cannot be merged: "+f.NoMerge
	case f.Differs():
		state, detail = s.style.warn.Render("keep     "), f.ChangedLines()+" would change; space "+toggleText(f)
	}
	lines := []string{s.fitted(s.pointer(focused)+state+"  "+redact.Visible(f.Name), width)}
	return append(lines, s.hintLines(detail, width, 13)...)
}

// toggleText returns what space does with a file.
func toggleText(f session.File) string {
	if f.Offered {
		return map[bool]string{true: "skips it", false: "writes it"}[f.Overwrite]
	}
	return map[session.Decision]string{session.Keep: "keeps it", session.Merge: "merges it",
		session.Overwrite: "overwrites it"}[toggled(f)]
}

func (r *review) buttonText() string {
	n := len(r.Writing())
	switch {
	case !r.ready:
		return "Comparing with existing files"
	case n == 0:
		return "Finish (nothing to write)"
	}
	return "Write " + session.Count(n, "file")
}
