package cli

import (
	"runtime"
	"slices"
	"strings"

	"conductor-registry/ui"
)

// glyphs returns the marks that the terminal can show. In Chinese, Japanese and Korean locales many terminals draw lines,
// dots and ticks two cells wide (Unicode Standard Annex 11, ambiguous characters): there it returns ASCII.
func glyphs(s Streams) ui.Glyphs {
	language, _, _ := strings.Cut(locale(s), "_")
	if !takesUTF8(s) || slices.Contains([]string{"zh", "ja", "ko"}, language) {
		return ui.ASCII()
	}
	return ui.Unicode()
}

// takesUTF8 reports whether the terminal takes UTF-8.
func takesUTF8(s Streams) bool {
	if value := locale(s); value != "" {
		return strings.Contains(value, "utf-8") || strings.Contains(value, "utf8")
	}
	return runtime.GOOS == "windows"
}

// locale returns the locale of character encoding in lower case: the first of these variables that is set (POSIX, locale).
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
