package secret

import "strings"

// ascii is s for a comment, with a question mark for what is no ASCII.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x7e {
			return '?'
		}
		return r
	}, s)
}
