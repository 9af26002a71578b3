// Package shell quotes text for the shells in which people and scripts run our commands. It runs nothing.
package shell

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Quote returns s as one word for a POSIX shell. s cannot hold NUL, which no shell word can.
//
// A plain word stays as it is. Anything else goes between single quotes, where only the quote itself is special:
//
//	it's → 'it'\''s'
func Quote(s string) string {
	if s != "" && strings.Trim(s, plain) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// plain holds the characters without a meaning of their own anywhere in a word. "~" is not among them because it
// expands to a home folder, nor is "=": zsh, where people paste commands, expands a word that begins with it.
const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+:,./-"

// QuotePowerShell returns s as one PowerShell expression in ASCII, because Windows PowerShell reads a script without a
// byte order mark in the code page of the system. Printable ASCII goes between single quotes, all else is added by its
// number:
//
//	aé → ('a' + [string][char]0x00e9)
func QuotePowerShell(s string) string {
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
	switch {
	case len(parts) == 0:
		return "''"
	case len(parts) == 1 && strings.HasPrefix(parts[0], "'"):
		return parts[0]
	}
	return "(" + strings.Join(parts, " + ") + ")"
}
