package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"conductor-registry/model/answers"
)

// steps is the list in which the user chooses a step.
type steps struct{ at answers.Page }

// jumpMsg goes to a step.
type jumpMsg struct{ page answers.Page }

// press moves in the list, or returns the step to go to.
func (l *steps) press(reached answers.Page, k keys, msg tea.KeyPressMsg) tea.Msg {
	switch {
	case key.Matches(msg, k.Up, k.Previous):
		l.at = max(0, l.at-1)
	case key.Matches(msg, k.Down, k.Next):
		l.at = min(reached, l.at+1)
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
	for page := answers.Chart; page <= answers.Review; page++ {
		mark, style := s.stepState(page)
		name := pad(page.Name(), 13)
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
	b.scrolled(2+int(l.at), 3+int(l.at), height)
	return b
}

// sidebar draws the steps with their state, as a column beside the form.
func (s scene) sidebar() block {
	var b block
	for page := answers.Chart; page <= answers.Review; page++ {
		mark, style := s.stepState(page)
		if page == s.page {
			mark, style = s.glyphs.Current, s.style.accent
		}
		b.hit(0, sidebarWidth, jumpMsg{page})
		b.lines = append(b.lines, style.Render(mark)+" "+style.Bold(page == s.page).Render(page.Name()))
	}
	return b
}

// stepState returns the mark of a step: done, needs a look, or to come.
func (s scene) stepState(page answers.Page) (string, lipgloss.Style) {
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
		if f.Page == page && (!f.Advanced || s.draft.AnswerTo(f) != "") {
			if value := s.label(f); value != "" {
				out = append(out, value)
			}
		}
	}
	return strings.Join(out, ", ")
}
