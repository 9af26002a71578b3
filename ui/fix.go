package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/answers"
)

// pressFix fixes a problem: it takes the nearest tag, or goes to a question.
func (m *Model) pressFix(msg tea.KeyPressMsg) {
	if key.Matches(msg, m.keys.Nearest) {
		m.takeNearest()
		return
	}
	m.fix()
}

// fix goes to the next question that fixes a problem.
func (m *Model) fix() {
	fields := m.scene().fixable()
	if len(fields) == 0 {
		m.notice = "no answer needs a fix"
		return
	}
	at := slices.IndexFunc(fields, func(f answers.Field) bool { return f.Path == m.Focus() })
	m.goTo(fields[(at+1)%len(fields)].Path)
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
