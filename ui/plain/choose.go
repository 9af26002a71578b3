package plain

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

var errChoose = errors.New("choose one, by its number or its name")

// choose takes an entry of a list by what was typed, and says which one that is. Where a registry is asked for, the
// address of one does too.
func (s *dialog) choose(f answers.Field, text string) error {
	c, err := pick(f.Choices, text)
	if errors.Is(err, errNone) {
		if notes, _, ok := s.draft.Address(f, text); ok {
			s.say("%s.", strings.Join(notes, "; "))
			return nil
		}
		c, err = answers.Choice{Value: text, Label: text}, f.Check(text) // a list need not name all that is right
	}
	if err == nil && c.Missing != "" {
		err = errors.New(c.Missing)
	}
	if err == nil {
		_, err = s.draft.Take(f, c.Value)
	}
	if err == nil && text != c.Value {
		s.say("%s.", named(c))
	}
	return err
}

// errNone tells that no entry is meant: the question's own check has the words for it.
var errNone = errors.New("no entry is meant")

// pick is the entry that a text means: its name, its number, the start of its name, another word for it, or some
// letters that it alone has.
func pick(choices []answers.Choice, text string) (answers.Choice, error) {
	lower := strings.ToLower(text)
	var start []answers.Choice
	for _, c := range choices {
		value, label := strings.ToLower(c.Value), strings.ToLower(c.Label)
		switch {
		case lower == value || lower == label:
			return c, nil
		case strings.HasPrefix(value, lower), strings.HasPrefix(label, lower):
			start = append(start, c)
		}
	}
	if n, err := strconv.Atoi(text); err == nil {
		if n < 1 || n > len(choices) {
			return answers.Choice{}, fmt.Errorf("the numbers go from 1 to %d", len(choices))
		}
		return choices[n-1], nil
	}
	words, hold := session.Search(choices, lower)
	if len(lower) < 3 {
		hold = nil // so few letters are in too much
	}
	for _, found := range [][]answers.Choice{start, words, hold} {
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return answers.Choice{}, fmt.Errorf("%s may be %s", text, either(choices, found))
		}
	}
	return answers.Choice{}, errNone
}

// either lists entries with their numbers: "5, Google Artifact Registry, or 6, Google Container Registry".
func either(choices, found []answers.Choice) string {
	var out []string
	for i, c := range choices {
		for _, g := range found {
			if g.Value == c.Value {
				out = append(out, fmt.Sprintf("%d, %s", i+1, c.Label))
			}
		}
	}
	return strings.Join(out, ", or ")
}

// named is an entry with its id, where that is another word.
func named(c answers.Choice) string {
	if c.Value == "" || c.Value == c.Label {
		return c.Label
	}
	return c.Label + " (" + c.Value + ")"
}
