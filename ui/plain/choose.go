package plain

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// choose answers a list with the entry that a text means, and says which one that is. A registry's address answers a
// provider's question.
func (d *dialog) choose(f answers.Field, text string) error {
	c, err := findChoice(f.Choices, text)
	if errors.Is(err, errNoChoice) {
		if notes, _, ok := d.draft.UseAddress(f, text); ok {
			d.say("%s.", strings.Join(notes, "; "))
			return nil
		}
		c, err = answers.Choice{Value: text, Label: text}, f.Check(text) // values outside the list can be valid
	}
	if err == nil && c.Missing != "" {
		err = errors.New(c.Missing)
	}
	if err == nil {
		_, err = d.draft.Submit(f, c.Value)
	}
	if err == nil && text != c.Value {
		d.say("%s.", nameOf(c))
	}
	return err
}

// errNoChoice reports that a text matches no entry. The check of the question explains it to the user.
var errNoChoice = errors.New("no entry matches")

// findChoice returns the entry that a text means: its name, its number, the start of its name, a keyword, or at least
// three letters that only this entry contains.
func findChoice(choices []answers.Choice, text string) (answers.Choice, error) {
	lower := strings.ToLower(text)
	var starting []answers.Choice
	for _, c := range choices {
		value, label := strings.ToLower(c.Value), strings.ToLower(c.Label)
		switch {
		case lower == value || lower == label:
			return c, nil
		case strings.HasPrefix(value, lower), strings.HasPrefix(label, lower):
			starting = append(starting, c)
		}
	}
	if n, err := strconv.Atoi(text); err == nil {
		if n < 1 || n > len(choices) {
			return answers.Choice{}, fmt.Errorf("the numbers go from 1 to %d", len(choices))
		}
		return choices[n-1], nil
	}
	named, containing := session.Search(choices, lower)
	if len(lower) < 3 {
		containing = nil
	}
	for _, found := range [][]answers.Choice{starting, named, containing} {
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return answers.Choice{}, fmt.Errorf("%q matches %s", text, numbered(choices, found))
		}
	}
	return answers.Choice{}, errNoChoice
}

// numbered lists entries with their numbers: "5, Google Artifact Registry, and 6, Google Container Registry".
func numbered(choices, found []answers.Choice) string {
	var out []string
	for i, c := range choices {
		for _, g := range found {
			if g.Value == c.Value {
				out = append(out, fmt.Sprintf("%d, %s", i+1, c.Label))
			}
		}
	}
	return strings.Join(out, ", and ")
}

// nameOf returns the label of an entry, and its id when that is different.
func nameOf(c answers.Choice) string {
	if c.Value == "" || c.Value == c.Label {
		return c.Label
	}
	return c.Label + " (" + c.Value + ")"
}
