package redact

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Visible returns a value that is part of a line, such as a key, a name or a message of another program. What a terminal
// would not show or would act on is written as an escape (\x1b, \u202e, \n), all else stays as it is: control characters,
// direction marks, line and paragraph separators, characters that are never drawn, and bytes that are not UTF-8.
func Visible(value string) string { return visible(value, "") }

// VisibleLines is Visible for text of several lines: line feeds and tabs stay.
func VisibleLines(text string) string { return visible(text, "\n\t") }

func visible(text, keep string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return IsHidden(r) || r == utf8.RuneError }) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case IsHidden(r) && !strings.ContainsRune(keep, r):
			b.WriteString(escape(r))
		default:
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	return b.String()
}

// IsHidden reports whether a terminal acts on a character or shows nothing for it, as for control characters (C1 too),
// marks of direction, separators of lines and fillers (Default_Ignorable_Code_Point of Unicode). The two selectors
// between the text and the colour form of an emoji, U+FE0E and U+FE0F, are not: people write them.
func IsHidden(r rune) bool {
	if r < utf8.RuneSelf { // almost all, and each frame asks for thousands
		return unicode.IsControl(r)
	}
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) && r != '\uFE0E' && r != '\uFE0F'
}

func escape(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < utf8.RuneSelf:
		return fmt.Sprintf(`\x%02x`, r)
	case r > 0xFFFF:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// JSON returns encoded JSON, in which encoding/json left some of these characters, with \u escapes for them. It means the
// same.
func JSON(encoded []byte) []byte {
	var b strings.Builder
	for _, r := range string(encoded) {
		switch {
		case r < utf8.RuneSelf && r != 0x7F || !IsHidden(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return []byte(b.String())
}
