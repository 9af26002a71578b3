package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
	"conductor-registry/model/shell"
	"conductor-registry/ui/session"
)

// view draws the files, kubectl's context and the steps. The step with the focus is always visible.
func (p *done) view(s scene, k keys, canRun bool, width, height int) block {
	var b block
	b.lines = each(s.writtenLines(p.files), func(line string) string { return s.fitted(line, width) })
	if len(p.steps) == 0 {
		return b
	}
	b.lines = append(b.lines, "")
	from, to := 0, 0
	for i, step := range p.steps {
		if i == 0 || step.Title != p.steps[i-1].Title {
			if i > 0 {
				b.lines = append(b.lines, "")
			}
			b.lines = append(b.lines, p.title(s, step, canRun && i == 0, width)...)
		}
		lines := p.stepLines(s, k, i, canRun, width)
		if i == p.at {
			from, to = len(b.lines), len(b.lines)+len(lines)
		}
		b.lines = append(b.lines, lines...)
	}
	if p.all != "" {
		b.lines = append(append(b.lines, ""), s.hintLines(p.all, width, 0)...)
	}
	if p.at == len(p.steps)-1 { // the end is visible with the last step
		to = len(b.lines)
	}
	return s.cut(b, from, to, height)
}

// manyFiles is how many files are counted instead of listed.
const manyFiles = 12

// writtenLines says what happened to each file, or to how many of them the same.
func (s scene) writtenLines(files []session.File) []string {
	var out []string
	counts, last := map[string]int{}, map[string]int{}
	for i, f := range files {
		_, text := s.written(f)
		counts[text]++
		last[text] = i
	}
	for i, f := range files {
		mark, text := s.written(f)
		name := redact.Visible(f.Path)
		if many := len(files) > manyFiles && counts[text] > 1; many && i < last[text] {
			continue
		} else if many {
			name = session.Count(counts[text], "file")
		}
		out = append(out, mark+" "+fmt.Sprintf("%-22s", name)+"  "+s.style.dim.Render(redact.Visible(text)))
	}
	return out
}

// written returns what happened to a file, and its mark.
func (s scene) written(f session.File) (mark, text string) {
	mark, text = s.style.good.Render(s.glyphs.Done), "new"
	switch {
	case f.Err != nil:
		mark, text = s.style.bad.Render(s.glyphs.Bad), "not written: it cannot be read"
	case f.Unchanged():
		text = "unchanged"
	case f.Offered && !f.Overwrite:
		mark, text = s.style.dim.Render(s.glyphs.Todo), "skipped"
	case !f.Writes():
		mark, text = s.style.dim.Render(s.glyphs.Todo), "kept"
	case f.Old != nil:
		verb := map[bool]string{true: "merged", false: "replaced"}[f.Decision() == session.Merge]
		text = verb + ", " + f.ChangedLines() + " changed; the old one is " + f.Name + ".bak"
	}
	return mark, text
}

// title draws the heading of an environment's steps, and kubectl's context beside or below the first one.
func (p *done) title(s scene, step session.NextStep, withContext bool, width int) []string {
	left := s.style.strong.Render(redact.Visible(strings.TrimSuffix(step.Title, ":")))
	if !withContext {
		return []string{left}
	}
	right := "kubectl context " + redact.Visible(p.context)
	switch {
	case p.failed != nil:
		right = redact.Visible(p.failed.Error())
	case p.context == "":
		return []string{left}
	}
	if lead := width - ansi.StringWidth(right); lead > ansi.StringWidth(left) {
		return []string{pad(left, lead) + s.style.dim.Render(right)}
	}
	return append([]string{left}, s.hintLines(right, width, 0)...)
}

// stepLines draws a step: its command as it can be pasted, what it does, and the key that runs it or what came of that.
func (p *done) stepLines(s scene, k keys, i int, canRun bool, width int) []string {
	const lead = 5
	step, focused := p.steps[i], i == p.at
	var out []string
	for n, line := range shell.Lines(step.Command, width-lead) {
		number := strings.Repeat(" ", lead)
		if n == 0 {
			number = s.pointer(focused) + s.style.dim.Render(fmt.Sprintf("%-2d ", i+1))
		}
		out = append(out, number+s.style.tag.Render(s.fitted(shownLine(line), width-lead)))
	}
	binding, runs := k.runKeys()[step.Kind]
	what := step.What
	if runs && canRun {
		what = binding.Help().Key + " runs it " + s.glyphs.Dot + " " + what
	}
	result, ran := p.results[step.ID()]
	switch {
	case p.asking && focused && step.Kind == plan.CopyImages:
		return append(out, indent(s.copyQuestion(step, width-lead), lead)...)
	case p.asking && focused:
		text := fmt.Sprintf("this changes the cluster: context %s, namespace %s; %s again runs it, any other key cancels",
			p.context, step.Namespace, binding.Help().Key)
		return append(out, indent(each(wrap(text, width-lead), s.style.warn.Render), lead)...)
	case ran && result.OK:
		out = append(out, strings.Repeat(" ", lead)+s.style.good.Render(s.glyphs.Done+" "+result.Text))
	case ran:
		text := s.glyphs.Bad + " " + result.Text
		out = append(out, indent(each(wrap(text, width-lead), s.style.bad.Render), lead)...)
	}
	return append(out, s.hintLines(what, width, lead)...)
}

// footerKeys returns the keys that work on the page.
func (p *done) footerKeys(s scene, k keys, canRun bool) []string {
	out := []string{"enter leave"}
	listed := map[string]bool{}
	for _, step := range p.steps {
		if step.Kind == plan.CopyImages { // its line has the key
			continue
		}
		if binding, ok := k.runKeys()[step.Kind]; ok && canRun && !listed[binding.Help().Key] {
			listed[binding.Help().Key] = true
			out = append(out, binding.Help().Key+" "+binding.Help().Desc)
		}
	}
	if len(p.steps) > 0 {
		out = append(out, "ctrl+y copy the step", s.glyphs.UpDown+" move")
	}
	return out
}
