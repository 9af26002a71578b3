package model

import "strings"

// Expand replaces each {name} in template by the value for that name. A name consists of letters. Where value reports
// false, the text stays as it is: shells and regular expressions use braces too. Values are not expanded again.
func Expand(template string, value func(name string) (string, bool)) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if name, after, closed := strings.Cut(rest, "}"); closed && isLetters(name) {
			if text, ok := value(name); ok {
				b.WriteString(text)
				template = after
				continue
			}
		}
		b.WriteByte('{')
		template = rest
	}
}

// ExpandMap is Expand with the values of a map. Names that are not in the map stay as they are.
func ExpandMap(template string, values map[string]string) string {
	return Expand(template, func(name string) (string, bool) { text, ok := values[name]; return text, ok })
}

func isLetters(text string) bool {
	return text != "" && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
