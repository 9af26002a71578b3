package cli

import (
	"runtime"
	"slices"
	"strings"

	"conductor-registry/ui"
)

// glyphs are the marks that the user's terminal shows as they are meant. In Chinese, Japanese and Korean locales many
// terminals make lines, dots and ticks two cells wide (Unicode Standard Annex 11, ambiguous characters): there ASCII
// stands in for them.
func glyphs(s Streams) ui.Glyphs {
	language, _, _ := strings.Cut(locale(s), "_")
	if !speaksUTF8(s) || slices.Contains([]string{"zh", "ja", "ko"}, language) {
		return ui.ASCII()
	}
	return ui.Unicode()
}

// speaksUTF8 tells whether the terminal takes UTF-8.
func speaksUTF8(s Streams) bool {
	if value := locale(s); value != "" {
		return strings.Contains(value, "utf-8") || strings.Contains(value, "utf8")
	}
	return runtime.GOOS == "windows"
}

// locale is the one that text is encoded by, in lower case: the first of these variables that is set (POSIX, locale).
func locale(s Streams) string {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := strings.ToLower(variable(s, name)); value != "" {
			return value
		}
	}
	return ""
}

func variable(s Streams, name string) string {
	for _, pair := range s.Environment {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return value
		}
	}
	return ""
}
