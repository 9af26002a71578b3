package shell

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Lines breaks a command into lines of at most width characters that a shell reads as the same command when they are
// pasted: after a pipe before what does not fit as a whole, else between words with a backslash. A word that is longer
// stays whole. Commands of several lines are returned as they are. Lines after the first one begin with two spaces.
func Lines(command string, width int) []string {
	if strings.Contains(command, "\n") {
		return strings.Split(command, "\n")
	}
	if utf8.RuneCountInString(command) <= width {
		return []string{command}
	}
	var out []string
	line := ""
	all := withArguments(words(command))
	for i, word := range all {
		room := width - len(" \\")
		switch longer := line + " " + word; {
		case line == "":
			line = word
		case strings.HasSuffix(line, " |") && utf8.RuneCountInString(line+" "+segment(all[i:])) > width:
			out, line = append(out, line), "  "+word
		case utf8.RuneCountInString(longer) > room:
			out, line = append(out, line+" \\"), "  "+word
		default:
			line = longer
		}
	}
	return append(out, line)
}

// segment returns the words up to the next pipe, with it.
func segment(words []string) string {
	if i := slices.Index(words, "|"); i >= 0 {
		words = words[:i+1]
	}
	return strings.Join(words, " ")
}

// withArguments joins options with the word behind them, which is their value most likely.
func withArguments(words []string) []string {
	var out []string
	for i, word := range words {
		if i > 0 && isOption(words[i-1]) && !isOption(word) && word != "|" {
			out[len(out)-1] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}

func isOption(word string) bool { return strings.HasPrefix(word, "-") && !strings.Contains(word, "=") }

// words splits a command at the spaces outside quotes and parentheses, and leaves each word as it is written.
func words(command string) []string {
	var out []string
	var quote rune
	start, depth, escaped := 0, 0, false
	for i, r := range command {
		switch {
		case escaped:
			escaped = false
		case r == '\\' && quote != '\'':
			escaped = true
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"':
			quote = r
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ' ' && depth <= 0:
			if i > start {
				out = append(out, command[start:i])
			}
			start = i + 1
		}
	}
	return append(out, command[start:])
}
