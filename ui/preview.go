package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// tab is a part of the preview.
type tab int

const (
	imagesTab tab = iota
	valuesTab
	secretTab
	problemsTab
)

// tabMsg shows a part of the preview.
type tabMsg struct{ tab tab }

// tabFor returns the part that the preview shows first on a page.
func tabFor(page answers.Page) tab {
	return [...]tab{answers.Pattern: valuesTab, answers.PullSecret: secretTab, answers.Review: valuesTab}[page]
}

// preview shows the images, files and problems that follow from the answers, read from the bytes to be written.
type preview struct {
	tab    tab
	offset int
}

func (p *preview) show(to tab)   { p.tab, p.offset = to, 0 }
func (p *preview) next()         { p.show((p.tab + 1) % (problemsTab + 1)) }
func (p *preview) scroll(by int) { p.offset = max(0, p.offset+by) }

// view draws the current part below the names of all parts. File is the file in focus on the review, which replaces the
// values; nil without one.
func (p *preview) view(s scene, file *session.File, width, height int) block {
	room := height - 2
	lines := p.lines(s, file, width)
	b := p.tabs(s, width)
	b.lines = append(b.lines, "")
	for _, line := range window(lines, &p.offset, room) {
		if p.tab == secretTab { // scripts are long: only the visible lines are drawn
			line = s.scriptLine(line, width)
		}
		b.lines = append(b.lines, line)
	}
	if more := len(lines) - p.offset - room; more > 0 {
		b.lines[height-1] = s.style.dim.Render(fmt.Sprintf("%d more lines, pgdn", more+1))
	}
	return b
}

// tabs draws the names of the parts. Each can be clicked.
func (p *preview) tabs(s scene, width int) block {
	names := []string{"images", "values", "secret", "problems"}
	if n := len(s.problems); n > 0 {
		names[problemsTab] = fmt.Sprintf("problems %d", n)
	}
	var b block
	line := ""
	for i, name := range names {
		style := s.style.dim
		if tab(i) == p.tab {
			style = s.style.accent
		}
		if i > 0 {
			line += s.style.dim.Render(" " + s.glyphs.Dot + " ")
		}
		b.hit(ansi.StringWidth(line), ansi.StringWidth(name), tabMsg{tab(i)})
		line += style.Render(name)
	}
	b.lines = []string{ansi.Truncate(line, width, "")}
	return b
}

func (p *preview) lines(s scene, file *session.File, width int) []string {
	switch {
	case p.tab == valuesTab && s.page == answers.Review && file == nil:
		return nil
	case p.tab == valuesTab && s.page == answers.Review:
		return s.fileLines(*file, width)
	}
	return []func(int) []string{s.imagesPart, s.valuesPart, s.secretPart, s.problemsPart}[p.tab](width)
}

// fileLines draws a file to be written: its diff when it exists already, else its content.
func (s scene) fileLines(f session.File, width int) []string {
	text, differs := string(f.Data), f.Differs()
	if differs {
		text = f.Diff()
	}
	out := []string{s.style.strong.Render(f.Name), ""}
	if differs {
		return append(out, s.diff(text, width)...)
	}
	for line := range strings.Lines(text) {
		line = s.fitted(visible(strings.TrimSuffix(line, "\n")), width)
		switch {
		case strings.HasSuffix(f.Name, ".yaml"):
			line = s.yaml(line)
		case strings.HasPrefix(strings.TrimSpace(line), "#"):
			line = s.style.dim.Render(line)
		}
		out = append(out, line)
	}
	return out
}
