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

// text masks what is secret in text, line by line: behind a secret key to the end of the line, below it all lines that are
// indented more, and passwords of logins.
func (s *scan) text(start, end int) {
	levels := []level{{indent: -1}}
	for _, line := range splitLines(s.data, start, end) {
		text := s.data[line.start:line.end]
		indent := 2 * s.column(line.start)
		if line.start == start {
			indent = 0
		}
		if text[0] == '-' { // an item is below a key of the same indentation
			indent++
		}
		for len(levels) > 1 && indent <= levels[len(levels)-1].indent {
			levels = levels[:len(levels)-1]
		}
		at := levels[len(levels)-1].at
		m := lineKey.FindSubmatchIndex(text)
		s.urls(line)
		s.logins(line)
		if m == nil || text[0] == '#' {
			if text[0] != '#' && (at == secret || at == credentials) {
				s.mask(line.start, line.end)
			}
			s.line(line)
			continue
		}
		key := string(text[m[2]:m[3]])
		below := s.below(at, key)
		if !s.isYAML && key == "registries" { // the key above it may be lost
			below = credentials
		}
		levels = append(levels, level{indent, below})
		if rest := text[m[1]:]; below != open && below != openField && s.separates(key, text[m[4]], rest) {
			s.maskRest(line.start+m[1], line.end)
		}
		s.line(line)
	}
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
	return len(w) >= 6 && strings.ContainsAny(w, "0123456789") && strings.ContainsFunc(w, unicode.IsLetter) && !strings.ContainsAny(w, "/.") &&
		!strings.HasPrefix(w, "sha256:")
}
