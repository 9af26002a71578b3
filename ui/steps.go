package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// steps are the pages with their state, as a column beside the form.
func (m *Model) steps() block {
	var b block
	for i, p := range m.pages {
		mark, style := m.stepMark(i)
		b.hit(0, sidebarWidth, func() tea.Cmd { return m.jump(i) })
		b.lines = append(b.lines, style.Render(mark)+" "+style.Bold(i == m.page).Render(p.name))
	}
	return b
}

// stepsBlock is the list of steps to go to, with what was answered at each.
func (m *Model) stepsBlock(width, height int) block {
	b := block{lines: []string{m.style.strong.Render("Go to a step"), ""}}
	for i, p := range m.pages {
		mark, style := m.stepState(i)
		name := pad(p.name, 13)
		if i == m.stepAt {
			name = m.style.accent.Render(name)
		}
		line := m.pointer(i == m.stepAt) + m.style.dim.Render(fmt.Sprint(i+1)) + " " + style.Render(mark) + " " + name
		if i <= m.reached {
			line += m.style.dim.Render(m.summary(i))
		}
		b.hit(0, width, func() tea.Cmd { return m.jump(i) })
		b.lines = append(b.lines, m.fitted(line, width))
	}
	b.scrolled(2+m.stepAt, 3+m.stepAt, height)
	return b
}

// summary is what was answered at a step.
func (m *Model) summary(at int) string {
	var out []string
	for _, f := range m.questions {
		if f.Page == m.pages[at].at && (!f.Advanced || m.draft.Answered(f) != "") {
			if value := m.label(f); value != "" {
				out = append(out, value)
			}
		}
	}
	return strings.Join(out, ", ")
}

// openSteps shows the list of steps, or shuts it.
func (m *Model) openSteps() {
	m.stepAt = m.page
	m.toggle(stepsOverlay)
}

func (m *Model) pressSteps(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.Up, m.keys.Previous):
		m.stepAt = max(0, m.stepAt-1)
	case key.Matches(msg, m.keys.Down, m.keys.Next):
		m.stepAt = min(m.reached, m.stepAt+1)
	case key.Matches(msg, m.keys.Enter):
		return m.jump(m.stepAt)
	case len(msg.Text) == 1 && msg.Text >= "1" && msg.Text <= "9":
		return m.jump(int(msg.Text[0] - '1'))
	}
	return nil
}
