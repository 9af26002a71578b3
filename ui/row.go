package ui

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// row is the state of one question besides its answer.
type row struct {
	input  input    // the text being typed, or the filter of a list
	notes  []string // what was corrected in a pasted answer
	offset int      // first visible entry of a list
}

// filterable is the smallest number of choices for which a list has a filter.
const filterable = 6

// row returns the state of a question.
func (p *form) row(w *work, f answers.Field) *row {
	r, ok := p.rows[f.Path]
	if !ok {
		text := ""
		if len(f.Choices) == 0 {
			text = w.draft.AnswerTo(f)
		}
		r = &row{input: newInput(text)}
		p.rows[f.Path] = r
	}
	return r
}

// entries returns the choices that match the filter: by name, then by a part of it; else by letters in that order.
func (r *row) entries(f answers.Field) []answers.Choice { return filtered(f, r.input.value()) }

func filtered(f answers.Field, text string) []answers.Choice {
	pattern := strings.ToLower(text)
	if pattern == "" {
		return f.Choices
	}
	named, partial := session.Search(f.Choices, pattern)
	found := slices.Concat(named, partial)
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
