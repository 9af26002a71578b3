package diagnose

import (
	"strings"

	"conductor-registry/model/shell"
)

// facts hold the texts for the {names} in a cause. Words are quoted for the shell in commands; commands are used as
// they are.
type facts struct {
	words, commands map[string]string
}

func newFacts() facts { return facts{map[string]string{}, map[string]string{}} }

func (f facts) set(name, text string)     { f.words[name] = text }
func (f facts) command(name, line string) { f.commands[name] = line }

// fill returns the text with words for its names.
func (f facts) fill(text string) string {
	return strings.TrimSpace(f.replacer(func(word string) string { return word }).Replace(text))
}

func (f facts) replacer(quote func(string) string) *strings.Replacer {
	var pairs []string
	for name, word := range f.words {
		pairs = append(pairs, "{"+name+"}", quote(word))
	}
	for name, line := range f.commands {
		pairs = append(pairs, "{"+name+"}", line)
	}
	return strings.NewReplacer(pairs...)
}

// steps returns the steps with their names filled in, without those that need a fact that is empty.
func (f facts) steps(templates []Step) []Advice {
	out := []Advice{}
	for _, t := range templates {
		if f.needsEmpty(t.What) {
			continue
		}
		advice := Advice{What: f.fill(t.What)}
		if line := strings.TrimSpace(f.replacer(shell.Quote).Replace(t.Command)); line != "" {
			advice.Commands = []string{line}
		}
		out = append(out, advice)
	}
	return out
}

// needsEmpty reports whether a text names a word that is empty.
func (f facts) needsEmpty(text string) bool {
	for name, word := range f.words {
		if word == "" && strings.Contains(text, "{"+name+"}") {
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
