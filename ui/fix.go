package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/answers"
)

// pressFix fixes a problem: it takes the nearest tag, or does what fix does.
func (m *Model) pressFix(msg tea.KeyPressMsg) tea.Cmd {
	if key.Matches(msg, m.keys.Nearest) {
		return m.takeNearest()
	}
	return m.fix()
}

// fix fixes a problem: on the review the one in focus, else the first that a key fixes. On a page of questions it goes to
// the next question that fixes one.
func (m *Model) fix() tea.Cmd {
	s := m.scene()
	if m.form.page == answers.Review {
		return m.fixOnReview(s)
	}
	fields := s.fixable()
	if len(fields) == 0 {
		m.notice = "no answer needs a fix"
		return nil
	}
	at := slices.IndexFunc(fields, func(f answers.Field) bool { return f.Path == m.Focus() })
	m.goTo(fields[(at+1)%len(fields)].Path)
	return nil
}

func (m *Model) fixOnReview(s scene) tea.Cmd {
	if !m.review.ready || m.review.writes {
		return nil
	}
	i := m.review.focused(s)
	if i.kind != problemItem {
		i = s.firstFix()
	}
	if i.kind == noItem {
		m.notice = "no problem that a key fixes"
	}
	cmd := m.openItem(i, false)
	m.showDecided()
	return cmd
}

// firstFix returns the first problem of the review that an edit fixes, else the first that an answer fixes.
func (s scene) firstFix() item {
	var first item
	for _, p := range s.problems {
		switch i := s.problemItem(p); {
		case i.fix != nil:
			return i
		case first.kind == noItem && p.Severity != model.Info:
			first = i
		}
	}
	return first
}

// fixable returns the questions that errors and warnings come from, each once, in the order of the problems. It skips
// pages that were not reached yet.
func (s scene) fixable() []answers.Field {
	var out []answers.Field
	for _, p := range s.problems {
		f, err := s.field(p.Path)
		if err != nil || p.Severity == model.Info || f.Page > s.reached {
			continue
		}
		if !slices.ContainsFunc(out, func(g answers.Field) bool { return g.Path == f.Path }) {
			out = append(out, f)
		}
	}
	return out
}
