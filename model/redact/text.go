package redact

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
)

var (
	lineKey = regexp.MustCompile(`^[ \t]*(?:- +)*["']?([\w.$\-\[\]\\]+)["']?[ \t]*([:=])`)
	anyKey  = regexp.MustCompile(`([\w.$\-\[\]\\]+)["'\\]*[ \t]*([:=])`)
	flag    = regexp.MustCompile(`--?([A-Za-z][\w-]*)[ =]+\S`)
	login   = regexp.MustCompile(`\blogin\b.*[ \t]-p[ \t]*\S`)
	comment = regexp.MustCompile(`(?:^|[ \t])#`)
	word    = regexp.MustCompile(`\S+`)
)

// level is a mapping of text that is not parsed: what is indented more belongs to it.
type level struct {
	indent int // twice the column, and one more for an item of a sequence
	at     place
}

// text masks what is secret in text, line by line: behind a secret key to the end of the line, below it all lines that
// are indented more, and passwords of logins.
func (s *scan) text(start, end int) {
	levels := []level{{indent: -1}}
	for _, line := range splitLines(s.data, start, end) {
		indent := s.indentOf(line, start)
		for len(levels) > 1 && indent <= levels[len(levels)-1].indent {
			levels = levels[:len(levels)-1]
		}
		s.urls(line)
		s.logins(line)
		if below, hasKey := s.maskAt(line, levels[len(levels)-1].at); hasKey {
			levels = append(levels, level{indent, below})
		}
		s.line(line)
	}
}

// indentOf returns the indentation of a line as a level has it: none for the line that the text starts with.
func (s *scan) indentOf(line span, start int) int {
	indent := 2 * s.column(line.start)
	if line.start == start {
		indent = 0
	}
	if s.data[line.start] == '-' { // an item is below a key of the same indentation
		indent++
	}
	return indent
}

// maskAt masks what is secret in a line by the keys above it and its own, and returns the place below its own key.
// Comments and lines without a key have none.
func (s *scan) maskAt(line span, at place) (below place, hasKey bool) {
	text := s.data[line.start:line.end]
	if text[0] == '#' {
		return at, false
	}
	m := lineKey.FindSubmatchIndex(text)
	if m == nil {
		if at == secret || at == credentials {
			s.mask(line.start, line.end)
		}
		return at, false
	}
	key := string(text[m[2]:m[3]])
	below = s.below(at, key)
	if !s.isYAML && key == "registries" { // the key above it may be lost
		below = credentials
	}
	if below != open && below != openField && s.separates(key, text[m[4]], text[m[1]:]) {
		s.maskRest(line.start+m[1], line.end)
	}
	return below, true
}

// line masks what is secret in a line, whatever is above it.
func (s *scan) line(line span) {
	text := s.data[line.start:line.end]
	for _, m := range anyKey.FindAllSubmatchIndex(text, -1) {
		path := string(text[m[2]:m[3]])
		if at := s.below(open, path); at != open && at != openField && s.separates(path, text[m[4]], text[m[1]:]) {
			s.maskRest(line.start+m[1], line.end)
			break
		}
	}
	for _, m := range flag.FindAllSubmatchIndex(text, -1) {
		if isSecretKey(string(text[m[2]:m[3]])) {
			s.mask(line.start+m[1]-1, line.end)
		}
	}
	if m := login.FindIndex(text); m != nil {
		s.mask(line.start+m[1]-1, line.end)
	}
	if m := comment.FindIndex(text); m != nil {
		s.comment(line.start+m[1], line.end)
	}
}

// separates reports whether a colon or an equals sign stands between a key and its value, and not in a name such as
// token:latest.
func (s *scan) separates(key string, sign byte, rest []byte) bool {
	return sign == '=' || !s.isYAML || len(rest) == 0 || strings.IndexByte(" \t\"'\\", rest[0]) >= 0 ||
		strings.Contains(strings.ToLower(key), "pass")
}

// maskRest masks a value to the end of its line.
func (s *scan) maskRest(start, end int) {
	if !isPlainWord(strings.Trim(string(s.data[start:end]), " \t\"',|>}")) {
		s.mask(start, end)
	}
}

// comment masks the words of a comment that look like passwords, if the comment speaks of one.
func (s *scan) comment(start, end int) {
	text := s.data[start:end]
	isAbout := false
	for _, m := range word.FindAll(text, -1) {
		isAbout = isAbout || isSecretKey(string(m))
	}
	if !isAbout {
		return
	}
	for _, m := range word.FindAllIndex(text, -1) {
		if w := bytes.Trim(text[m[0]:m[1]], ".,;:()\"'`"); isRandom(string(w)) {
			s.mask(start+m[0], start+m[1])
		}
	}
}

// isRandom reports whether a word has letters and digits, and is neither a host nor an image.
func isRandom(w string) bool {
	return len(w) >= 6 && strings.ContainsAny(w, "0123456789") && strings.ContainsFunc(w, unicode.IsLetter) &&
		!strings.ContainsAny(w, "/.") && !strings.HasPrefix(w, "sha256:")
}
