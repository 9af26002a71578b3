package session

import (
	"slices"
	"strings"

	"conductor-registry/model/answers"
)

// Search returns the choices that match a lower-case text: those whose id or keyword it is, and the others that contain
// it.
func Search(choices []answers.Choice, text string) (named, containing []answers.Choice) {
	for _, c := range choices {
		words := strings.ToLower(c.Value + " " + c.Label + " " + strings.Join(c.Keywords, " ") + " " + c.Summary)
		switch {
		case c.Value == text || slices.Contains(c.Keywords, text):
			named = append(named, c)
		case strings.Contains(words, text):
			containing = append(containing, c)
		}
	}
	return named, containing
}
