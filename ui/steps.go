package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
)

// steps is the list in which the user chooses a step.
type steps struct{ at answers.Page }

// jumpMsg goes to a step.
type jumpMsg struct{ page answers.Page }

// press moves in the list, or returns the step to go to.
func (l *steps) press(w *work, k keys, msg tea.KeyPressMsg) tea.Msg {
	last := w.reachable()
	switch {
	case key.Matches(msg, k.Up, k.Previous):
		l.at = w.nextShown(l.at, -1, last)
	case key.Matches(msg, k.Down, k.Next):
		l.at = w.nextShown(l.at, 1, last)
	case key.Matches(msg, k.First):
		l.at = answers.Chart
	case key.Matches(msg, k.Last):
		l.at = last
	case key.Matches(msg, k.Enter):
		return jumpMsg{l.at}
	case len(msg.Text) == 1 && msg.Text >= "1" && msg.Text <= "9":
		return jumpMsg{answers.Page(msg.Text[0] - '1')}
	}
	return nil
}

// view draws the list, with the answers of each step.
func (l *steps) view(s scene, width, height int) block {
	b := block{lines: []string{s.style.strong.Render("Go to a step"), ""}}
	from := 0
	for page := answers.Chart; page <= answers.Review; page++ {
		if !s.isShown(page) {
			continue
		}
		if page == l.at {
			from = len(b.lines)
		}
		mark, style := s.stepState(page)
		name := pad(s.pageName(page), 13)
		if page == l.at {
			name = s.style.accent.Render(name)
		}
		line := s.pointer(page == l.at) + s.style.dim.Render(fmt.Sprint(int(page)+1)) + " " + style.Render(mark) + " " + name
		if page <= s.reached {
			line += s.style.dim.Render(s.summary(page))
		}
		b.hit(0, width, jumpMsg{page})
		b.lines = append(b.lines, s.fitted(line, width))
	}
	b.scrolled(from, from+1, height)
	return b
}

// stepLine draws the steps with their state in one line; on a narrow screen only the current one and its number.
func (s scene) stepLine() block {
	if !s.wide() {
		n, all := s.stepNumber(s.page)
		step := fmt.Sprintf("step %d of %d  %s", n, all, s.pageName(s.page))
		return block{lines: []string{s.style.accent.Render(step)}}
	}
	var b block
	line := ""
	for page := answers.Chart; page <= answers.Review; page++ {
		if !s.isShown(page) {
			continue
		}
		mark, style := s.stepState(page)
		name := style.Render(mark) + " " + s.pageName(page)
		switch {
		case page == s.page:
			name = s.style.accent.Render(s.glyphs.Current + " " + s.pageName(page))
		case page > s.reached:
			name = s.style.dim.Render(mark + " " + s.pageName(page))
		}
		b.hits = append(b.hits, hit{ansi.StringWidth(line), 0, ansi.StringWidth(name), jumpMsg{page}})
		line += name + "  "
	}
	b.lines = []string{strings.TrimRight(line, " ")}
	return b
}

// stepState returns the mark of a step: done, needs a look, or to come.
func (s scene) stepState(page answers.Page) (string, style) {
	switch {
	case page <= s.reached && s.isWrong(page):
		return s.glyphs.Look, s.style.warn
	case page < s.reached || page == answers.Review && page <= s.reached:
		return s.glyphs.Done, s.style.good
	}
	return s.glyphs.Todo, s.style.dim
}

// summary returns the answers of a step.
func (s scene) summary(page answers.Page) string {
	var out []string
	for _, f := range s.questions {
		own := answers.ParsePath(f.Path).Environment != "" && s.draft.AnswerTo(f) == ""
		if f.Page == page && !own && (!f.Advanced || s.draft.AnswerTo(f) != "") {
			if value := s.label(f); value != "" {
				out = append(out, value)
			}
		}
	}
	return strings.Join(out, ", ")
}
