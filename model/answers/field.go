// Package form is the one list of questions. The wizard, the line prompts, the flags of generate and the answers file
// all take it from here and have no question of their own. It never asks: it says what can be asked and what a good
// answer is.
package answers

import (
	"strings"
	"unicode"

	"conductor-registry/model/registry"
)

// Field is one question.
type Field struct {
	Path     string   // where its answer stands, such as "registry.provider"
	Page     Page     //
	Label    string   // a few words
	Help     string   // one sentence; "" where the label says it all
	Example  string   // an answer of the right form
	Choices  []Choice // none: free text
	Default  string   // what holds without an answer, and is then part of the answers
	Inherits string   // what holds without an answer, and stays out of the answers: it is decided elsewhere
	Required bool     // there is no doing without an answer
	Advanced bool     // few need it: enter passes it by

	// Check says what is wrong with an answer, with an example of a right one. It is never nil.
	Check func(value string) error
	// Normalise mends what people paste and says what it mended; nil takes the text as it is.
	Normalise func(value string) registry.Normalised
}

// Choice is one of a field's possible answers.
type Choice struct {
	Value    string
	Label    string
	Summary  string   // one line below the label
	Keywords []string // other words to find it by
	Missing  string   // why it can't be chosen here; "" when it can
	StandIn  string   // of a missing one: the choice that is taken where an answer names it all the same
}

// FlagName is the name of the command-line flag for an answers path, without dashes: "server-tag" for
// components.server.tag.
func FlagName(path string) string {
	if path == "chart" {
		return "chart-version" // --chart is a chart's folder, in all commands
	}
	var b strings.Builder
	for _, r := range strings.TrimPrefix(path, "components.") {
		switch {
		case r == '.':
			b.WriteByte('-')
		case unicode.IsUpper(r):
			b.WriteByte('-')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
