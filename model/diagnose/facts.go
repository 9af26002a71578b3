package diagnose

import (
	"regexp"
	"strings"

	"conductor-registry/model/shell"
)

// facts hold the texts for the {names} in a cause; a name without a fact is empty. Words are quoted for the shell in
// commands; commands are used as they are.
type facts struct {
	words, commands map[string]string
}

func newFacts() facts { return facts{map[string]string{}, map[string]string{}} }

func (f facts) set(name, text string)     { f.words[name] = text }
func (f facts) command(name, line string) { f.commands[name] = line }

var nameInText = regexp.MustCompile(`\{[a-z ]+\}`)

// fill returns the text with words for its names.
func (f facts) fill(text string) string {
	return f.replace(text, func(word string) string { return word })
}

// fillCommand returns the line for the shell with words for its names, each quoted.
func (f facts) fillCommand(line string) string { return f.replace(line, shell.Quote) }

func (f facts) replace(text string, quote func(string) string) string {
	return strings.TrimSpace(nameInText.ReplaceAllStringFunc(text, func(found string) string {
		name := strings.Trim(found, "{}")
		if line, isCommand := f.commands[name]; isCommand {
			return line
		}
		if word := f.words[name]; word != "" {
			return quote(word)
		}
		return ""
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
func (f facts) needsEmpty(text string) bool {
	for _, found := range nameInText.FindAllString(text, -1) {
		if f.words[strings.Trim(found, "{}")] == "" {
			return true
		}
	}
	return false
}

// shorten returns the reason at the end of a message, without the names of images and addresses before it, in at most
// 300 characters.
func shorten(said Message) string {
	text := strings.TrimSpace(string(said))
	if at := strings.LastIndex(text, `": `); at >= 0 {
		text = text[at+len(`": `):]
	} else if _, reason, found := strings.Cut(text, " desc = "); found && strings.HasPrefix(text, "rpc error") {
		text = reason
	}
	text = strings.TrimSuffix(text, ".")
	const most = 300
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + " ..."
	}
	return text
}
