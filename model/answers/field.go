package answers

import (
	"strings"
	"unicode"

	"conductor-registry/model/registry"
)

// Field is one question as front ends ask it.
type Field struct {
	Path     string   // where its answer is stored, such as "registry.provider"
	Page     Page     //
	Label    string   // a few words; "" is not asked by the wizard
	Help     string   // one sentence, or "" where the label says it all
	Example  string   // a valid answer
	Choices  []Choice // none: free text
	Default  string   // used without an answer, and then part of the answers
	Inherits string   // used without an answer, and not part of the answers: another answer decides it
	Required bool     // it must be answered
	Advanced bool     // few need it: enter skips it

	// Check returns what is wrong with an answer, with an example of a valid one. It is never nil.
	Check func(value string) error
	// Normalise fixes what people paste and reports what it changed; nil takes the text as it is.
	Normalise func(value string) registry.Normalised
}

// isSettled reports whether only one choice is possible, and the answer is not another one.
func (f Field) isSettled(answer string) bool {
	var possible []string
	for _, c := range f.Choices {
		if c.Missing == "" {
			possible = append(possible, c.Value)
		}
	}
	return len(possible) == 1 && (answer == "" || answer == possible[0])
}

// Choice is one of a field's possible answers.
type Choice struct {
	Value    string
	Label    string
	Summary  string   // one line below the label
	Keywords []string // other words to find it by
	Missing  string   // why it cannot be chosen here, or ""
	Instead  string   // for a missing one: the choice that gives the pods the same, which is used in its place
}

// FlagName returns the command-line flag for an answers path, without dashes: "server-tag" for components.server.tag.
func FlagName(path string) string {
	if path == "chart" {
		return "chart-version" // --chart is a chart's folder, in all commands
	}
	var b strings.Builder
	for _, r := range strings.TrimPrefix(path, componentsKey+".") {
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
