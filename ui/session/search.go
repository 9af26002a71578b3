package session

import (
	"slices"
	"strings"

	"conductor-registry/model/answers"
)

// Search are the choices that a text in lower case finds: those that are named so, and the others that hold it.
func Search(choices []answers.Choice, text string) (named, hold []answers.Choice) {
	for _, c := range choices {
		words := strings.ToLower(c.Value + " " + c.Label + " " + strings.Join(c.Keywords, " ") + " " + c.Summary)
		switch {
		case c.Value == text || slices.Contains(c.Keywords, text):
			named = append(named, c)
		case strings.Contains(words, text):
			hold = append(hold, c)
		}
	}
	return named, hold
}
