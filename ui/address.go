package ui

import (
	"strings"

	"conductor-registry/model/answers"
)

// address takes the address of a registry where a provider is asked for.
func (m *Model) address(f answers.Field, text string) bool {
	notes, touched, ok := m.draft.Address(f, text)
	if !ok {
		return false
	}
	m.forget(touched)
	m.recompute()
	m.notice = strings.Join(notes, "; ")
	return true
}

// normalise mends a pasted or finished answer, and keeps what it did to show it.
func (m *Model) normalise(f answers.Field, r *row) {
	if f.Normalise == nil || r.input.value() == "" || len(f.Choices) > 0 {
		return
	}
	n := f.Normalise(r.input.value())
	if n.Value == r.input.value() && len(n.Fields) == 0 {
		return
	}
	m.forget(m.draft.Fill(f.Path, n))
	r.notes = n.Notes
	r.input.set(n.Value)
	m.answer(f, n.Value)
}

// forget makes the rows of questions anew: their answers did not come from typing there.
func (m *Model) forget(paths []string) {
	for _, path := range paths {
		delete(m.rows, path)
		delete(m.left, path)
	}
}
