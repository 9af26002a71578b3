package ui

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"conductor-registry/model/form"
)

// row is what the wizard remembers of one question beside its answer.
type row struct {
	input  input    // the text being typed, or the filter of a list
	notes  []string // what was mended in a pasted answer
	left   bool     // seen and left: from then on errors show at once
	offset int      // first entry of a list in view
}

// filterable lists are long enough to type in.
const filterable = 6

func (m *Model) row(f form.Field) *row {
	r, ok := m.rows[f.Path]
	if !ok {
		r = &row{}
		if len(f.Choices) == 0 {
			r.input = newInput(m.answered(f))
		} else {
			r.input = newInput("")
		}
		m.rows[f.Path] = r
	}
	return r
}

// answered is the field's answer, or "".
func (m *Model) answered(f form.Field) string {
	if f.Path == "environments" {
		return strings.Join(m.answers.Environments(), ", ")
	}
	return m.answers.Get(f.Path)
}

// holds is what is in force for the field.
func (m *Model) holds(f form.Field) string {
	if value := m.answered(f); value != "" {
		return value
	}
	if f.Default != "" {
		return f.Default
	}
	return f.Inherits
}

// mistake is what is wrong with the field's answer.
func (m *Model) mistake(f form.Field) error {
	value := m.answered(f)
	if value == "" && !f.Required {
		return nil
	}
	return f.Check(value)
}

// answer records an answer and draws the conclusions. An empty one is none.
func (m *Model) answer(f form.Field, value string) {
	switch {
	case strings.HasSuffix(f.Path, "registry.provider"):
		m.changeProvider(f.Path, value)
	case f.Path == "environments":
		m.answers.Set(f.Path, value)
	case value == "":
		m.answers.Unset(f.Path)
	default:
		m.answers.Set(f.Path, value)
	}
	m.recompute()
}

// entries are the list's choices that match the filter: those that are named so, else those that hold it, else those
// whose label has its letters in order.
func (r *row) entries(f form.Field) []form.Choice {
	pattern := strings.ToLower(r.input.value())
	if pattern == "" {
		return f.Choices
	}
	var named, hold []form.Choice
	labels := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		labels[i] = c.Label
		words := strings.ToLower(c.Value + " " + c.Label + " " + strings.Join(c.Keywords, " ") + " " + c.Summary)
		switch {
		case c.Value == pattern || slices.Contains(c.Keywords, pattern):
			named = append(named, c)
		case strings.Contains(words, pattern):
			hold = append(hold, c)
		}
	}
	found := slices.Concat(named, hold)
	if len(found) > 0 {
		return found
	}
	for _, match := range fuzzy.Find(pattern, labels) {
		found = append(found, f.Choices[match.Index])
	}
	return found
}
