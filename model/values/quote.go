package values

import (
	"slices"
	"strconv"
	"strings"
)

// Quote returns text as a double-quoted YAML scalar. Quoted text keeps its type: 5.10 stays 5.10. Every escape that Go
// writes is one of YAML's (https://yaml.org/spec/1.1/#escaping).
func Quote(text string) string { return strconv.Quote(text) }

// QuoteIfNeeded returns text bare where every YAML reader takes it for a string, else quoted.
func QuoteIfNeeded(text string) string {
	for i, r := range text {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || (r < '0' || r > '9') && r != '-' && r != '/') {
			return Quote(text)
		}
	}
	if text == "" || slices.Contains(retyped(), strings.ToLower(text)) {
		return Quote(text)
	}
	return text
}

// retyped returns the words that YAML 1.1 does not read as text (https://yaml.org/type/bool.html, null.html).
func retyped() []string {
	return []string{"y", "yes", "n", "no", "true", "false", "on", "off", "null"}
}
