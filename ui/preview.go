package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/redact"
	"conductor-registry/ui/session"
)

// tab is a part of the preview.
type tab int

const (
	valuesTab tab = iota
	secretTab
	problemsTab
)

// tabMsg shows a part of the preview.
type tabMsg struct{ tab tab }

// tabFor returns the part that the preview shows first on a page.
func tabFor(page answers.Page) tab {
	if page == answers.PullSecret {
		return secretTab
	}
	return valuesTab
}

// preview shows the files and problems that follow from the answers, read from the bytes to be written.
type preview struct {
	tab    tab
	offset int
	opened bool // show was called since the last frame: the script is scrolled to its main command
}

func (p *preview) show(to tab)   { p.tab, p.offset, p.opened = to, 0, true }
func (p *preview) next()         { p.show((p.tab + 1) % (problemsTab + 1)) }
func (p *preview) scroll(by int) { p.offset = max(0, p.offset+by) }

// view draws the current part below the names of all parts. File is the file in focus on the review, which replaces the
// values; nil without one.
func (p *preview) view(s scene, file *session.File, width, height int) block {
	room := height - 2
	lines := p.lines(s, file, width)
	if p.opened && p.tab == secretTab && len(lines) > room {
		p.offset = max(0, slices.IndexFunc(lines, isMainCommand)-room/2)
	}
	p.opened = false
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

// isMainCommand reports whether a line of a script creates the secret.
func isMainCommand(line string) bool {
	return strings.Contains(line, "kubectl create secret")
}

// tabs draws the names of the parts. Each can be clicked.
func (p *preview) tabs(s scene, width int) block {
	names := []string{"values", "secret", "problems"}
	if !s.hasEnvironments() {
		names[valuesTab] = redact.Visible(s.first.FileName("values"))
		names[secretTab] = redact.Visible(s.first.FileName("pull-secret"))
	}
	notes := 0
	for _, p := range s.problems {
		if p.Severity == model.Info {
			notes++
		}
	}
	switch n := len(s.problems) - notes; { // a note needs nothing
	case n > 0:
		names[problemsTab] = fmt.Sprintf("problems %d", n)
	case notes > 0:
		names[problemsTab] = fmt.Sprintf("notes %d", notes)
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
	return []func(int) []string{s.valuesPart, s.secretPart, s.problemsPart}[p.tab](width)
}

// fileLines draws a file to be written: its diff when it exists already, else its content.
func (s scene) fileLines(f session.File, width int) []string {
	var out []string
	if f.Name != s.first.FileName("values") || s.hasEnvironments() {
		out = append(out, s.style.strong.Render(redact.Visible(f.Name)), "")
	}
	if f.Differs() {
		return append(out, s.diff(s.fileText(f), width)...)
	}
	kinds, path := map[string]partKind{}, yamlPath{}
	for _, env := range s.plan.Environments {
		if env.FileName("values") == f.Name {
			kinds = keyKinds(env)
		}
	}
	for line := range strings.Lines(s.fileText(f)) {
		if strings.HasSuffix(f.Name, ".yaml") {
			line = shownLine(line)
			out = append(out, s.fitted(s.yaml(line, kinds[path.next(line)]), width))
			continue
		}
		out = append(out, s.scriptLine(strings.TrimSuffix(line, "\n"), width))
	}
	return out
}
