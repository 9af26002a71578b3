package secret

import "strings"

// Quote is s as one word of a POSIX shell command line, whatever it holds but NUL, which no shell word can. A plain
// word stays as it is; anything else goes between single quotes, where only the quote itself is special and becomes
//
//	'\''
//
// "=" is not plain: zsh, where people paste commands, expands a word that begins with it.
func Quote(s string) string {
	if s != "" && strings.Trim(s, plain) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// plain are the characters that mean themselves everywhere in a shell word. "~" is not among them: it begins a home
// folder.
const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+:,./-"
