package ui

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// row is what the wizard remembers of one question beside its answer.
type row struct {
	input  input    // the text being typed, or the filter of a list
	notes  []string // what was mended in a pasted answer
	offset int      // first entry of a list in view
}

// filterable lists are long enough to type in.
const filterable = 6

func (m *Model) row(f answers.Field) *row {
	r, ok := m.rows[f.Path]
	if !ok {
		r = &row{}
		if len(f.Choices) == 0 {
			r.input = newInput(m.draft.Answered(f))
		} else {
			r.input = newInput("")
		}
		m.rows[f.Path] = r
	}
	return r
}

// answer records an answer and draws the conclusions.
func (m *Model) answer(f answers.Field, value string) {
	examples := m.examples
	m.forget(m.draft.Answer(f, value))
	m.recompute()
	if f.Path == "pattern" { // what a pattern would write does not depend on the one that is chosen
		m.examples = examples
	}
}

// undo takes the last answer back, and shows the question it was for.
func (m *Model) undo() {
	path, ok := m.draft.Undo()
	if !ok {
		m.notice = "there is no answer to undo"
		return
	}
	clear(m.rows)
	m.recompute()
	m.goTo(path)
	delete(m.left, path)
	if f, err := m.options.Catalog.Field(m.draft.Answers, path); err == nil {
		m.notice = "undone: " + f.Label
	}
}

// entries are the list's choices that match the filter: those that are named so, else those that hold it, else those
// whose label has its letters in order.
func (r *row) entries(f answers.Field) []answers.Choice {
	pattern := strings.ToLower(r.input.value())
	if pattern == "" {
		return f.Choices
	}
	named, hold := session.Search(f.Choices, pattern)
	found := slices.Concat(named, hold)
	if len(found) > 0 {
		return found
	}
	labels := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		labels[i] = c.Label
	}
	for _, match := range fuzzy.Find(pattern, labels) {
		found = append(found, f.Choices[match.Index])
	}
	return found
}
