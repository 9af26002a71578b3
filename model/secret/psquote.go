package secret

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// PSQuote is s as one expression of PowerShell, in ASCII whatever it holds: Windows PowerShell reads a script without a
// byte order mark in the system's code page. Single quotes leave all but the quote itself alone; other characters are
// added by their number.
func PSQuote(s string) string {
	var parts []string
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			parts = append(parts, "'"+strings.ReplaceAll(text.String(), "'", "''")+"'")
			text.Reset()
		}
	}
	for _, r := range s {
		if r >= ' ' && r < 0x7f {
			text.WriteRune(r)
			continue
		}
		flush()
		for _, unit := range utf16.Encode([]rune{r}) {
			parts = append(parts, fmt.Sprintf("[string][char]0x%04x", unit))
		}
	}
	flush()
	switch len(parts) {
	case 0:
		return "''"
	case 1:
		if strings.HasPrefix(parts[0], "'") {
			return parts[0]
		}
	}
	return "(" + strings.Join(parts, " + ") + ")"
}

// ascii is s for a comment, with a question mark for what is no ASCII.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x7e {
			return '?'
		}
		return r
	}, s)
}
