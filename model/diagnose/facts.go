package diagnose

import (
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/shell"
)

// facts hold the texts for the {names} in a cause; a name without a fact is empty. In commands, words are quoted for
// the shell and commands are used as they are.
type facts struct {
	words, commands map[string]string
}

func newFacts() facts { return facts{map[string]string{}, map[string]string{}} }

func (f facts) set(name, text string)     { f.words[name] = text }
func (f facts) command(name, line string) { f.commands[name] = line }

// fill returns the text with words for its names.
func (f facts) fill(text string) string {
	return strings.TrimSpace(model.Expand(text, func(name string) (string, bool) { return f.words[name], true }))
}

// fillSentences returns the sentences without those that need a fact that is empty.
func (f facts) fillSentences(templates []string) string {
	var out []string
	for _, t := range templates {
		if !f.needsEmpty(t) {
			out = append(out, f.fill(t))
		}
	}
	return strings.Join(out, ". ")
}

// fillCommand returns the line for the shell with commands and quoted words for its names.
func (f facts) fillCommand(line string) string {
	return strings.TrimSpace(model.Expand(line, func(name string) (string, bool) {
		if line, isCommand := f.commands[name]; isCommand || f.words[name] == "" {
			return line, true
		}
		return shell.Quote(f.words[name]), true
	}))
}

// steps returns the steps with their names filled in, without those that need a fact that is empty.
func (f facts) steps(templates []Step) []Advice {
	out := []Advice{}
	for _, t := range templates {
		if f.needsEmpty(t.What) {
			continue
		}
		advice := Advice{What: f.fill(t.What)}
		if line := f.fillCommand(t.Command); line != "" {
			advice.Commands = []string{line}
		}
		out = append(out, advice)
	}
	return out
}

// needsEmpty reports whether a text names a fact that is empty.
func (f facts) needsEmpty(text string) (empty bool) {
	model.Expand(text, func(name string) (string, bool) {
		empty = empty || f.words[name] == ""
		return "", true
	})
	return empty
}
