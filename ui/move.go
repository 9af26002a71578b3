package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// accept takes the answer and goes on: to the next question that wants one, else to the next page. A wrong answer stays
// where it is.
func (m *Model) accept(f answers.Field) tea.Cmd {
	r := m.row(f)
	m.leave(f)
	if len(f.Choices) > 0 && len(r.entries(f)) == 0 {
		if m.address(f, r.input.value()) {
			r.input.set("")
		} else {
			m.notice = "nothing matches; esc clears the filter"
		}
		return nil
	}
	if m.draft.Mistake(f) != nil {
		return nil
	}
	r.input.set(filterless(f, r))
	m.carry(f, r)
	if to := m.following(f); to >= 0 {
		m.focus = to
		return nil
	}
	return m.nextPage()
}

// following is the question to go on with on this page: the next one that most people answer, else one that is wrong;
// -1 for none. Who came from the review to answer one question is done with it.
func (m *Model) following(f answers.Field) int {
	fields := m.fields() // the answer may have brought up new ones
	for i := m.indexOf(f.Path) + 1; i < len(fields); i++ {
		if !fields[i].Advanced && !m.returning || m.draft.Mistake(fields[i]) != nil {
			return i
		}
	}
	for i, other := range fields {
		m.left[other.Path] = true
		if m.draft.Mistake(other) != nil {
			return i
		}
	}
	return -1
}

// carry keeps what was mended in sight when the focus moves on.
func (m *Model) carry(f answers.Field, r *row) {
	if len(r.notes) > 0 {
		m.notice = f.Label + ": " + strings.Join(r.notes, "; ")
	}
}

// filterless is the row's text without a filter: it has done its work once the choice is made.
func filterless(f answers.Field, r *row) string {
	if len(f.Choices) > 0 {
		return ""
	}
	return r.input.value()
}

// leave marks a question as seen and mends its answer.
func (m *Model) leave(f answers.Field) {
	r := m.row(f)
	m.left[f.Path] = true
	m.normalise(f, r)
	m.draft.Settled()
}

// move changes the question, round and round.
func (m *Model) move(f answers.Field, by int) {
	m.leave(f)
	n := len(m.fields())
	m.focus = (m.indexOf(f.Path) + by + n) % n
}

// focusOn moves to a question of this page.
func (m *Model) focusOn(path string) {
	fields := m.fields()
	m.leave(fields[min(m.focus, len(fields)-1)])
	m.focus = m.indexOf(path)
}

func (m *Model) indexOf(path string) int {
	for i, f := range m.fields() {
		if f.Path == path {
			return i
		}
	}
	return 0
}

// step moves within a list, and over its ends to the questions beside it.
func (m *Model) step(f answers.Field, r *row, by int) {
	if len(f.Choices) == 0 {
		if to := m.focus + by; to >= 0 && to < len(m.fields()) {
			m.move(f, by)
		}
		return
	}
	found := r.entries(f)
	for at := position(found, m.draft.Answers.Get(f.Path), m.draft.Holds(f)) + by; ; at += by {
		if at < 0 || at >= len(found) {
			if to := m.focus + by; to >= 0 && to < len(m.fields()) {
				m.move(f, by)
			}
			return
		}
		if found[at].Missing == "" {
			m.answer(f, found[at].Value)
			return
		}
	}
}

// chooseFirst takes the first entry that can be chosen.
func (m *Model) chooseFirst(f answers.Field, entries []answers.Choice) {
	for _, c := range entries {
		if c.Missing == "" {
			m.answer(f, c.Value)
			return
		}
	}
}

func reversed(entries []answers.Choice) []answers.Choice {
	out := slices.Clone(entries)
	slices.Reverse(out)
	return out
}

// position is where the answer stands in a list, else what holds; -1 when neither is there.
func position(choices []answers.Choice, answer, holds string) int {
	at := -1
	for i, c := range choices {
		if c.Value == answer {
			return i
		}
		if c.Value == holds && at < 0 {
			at = i
		}
	}
	return at
}
