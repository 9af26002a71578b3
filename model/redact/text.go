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
	comment = regexp.MustCompile(`(?:^|[ \t])#`)
	word    = regexp.MustCompile(`\S+`)

	blockHeader = regexp.MustCompile(`^(?:[&!]\S*[ \t]+)*[|>][-+\d]*(?:[ \t]+#.*)?$`)
)

// level is a mapping of text that is not parsed. What is indented more belongs to it, or all up to a closing sign.
type level struct {
	indent int // twice the column, and one more for an item of a sequence
	at     place
	open   string // the bracket or quote that its value begins with and does not close, and its closing sign
	depth  int    // how many of them are open
}

// newLevel returns the level of a key with a value, or the first line of it.
func newLevel(indent int, at place, value string) level {
	l := level{indent: indent, at: at}
	if !at.isMasked() {
		return l
	}
	for _, signs := range []string{"{}", "[]", `""`, "''"} {
		if value != "" && value[0] == signs[0] {
			l.open = signs
			l.count(value[1:], 1)
		}
	}
	if isQuoted := l.depth > 0 && l.open[0] == l.open[1]; isQuoted || blockHeader.MatchString(value) {
		l.at = secretText
	}
	return l
}

// count counts how many brackets are open after a line.
func (l *level) count(line string, depth int) {
	for i := 0; i < len(line) && depth > 0; i++ {
		switch line[i] {
		case l.open[1]:
			depth--
		case l.open[0]:
			depth++
		}
	}
	l.depth = depth
}

// text masks what is secret in text, line by line: behind a secret key to the end of the line, below it all lines that
// are indented more, and passwords of logins.
func (s *scan) text(start, end int) {
	levels := []level{{indent: -1}}
	for _, line := range splitLines(s.data, start, end) {
		indent := s.indentOf(line, start)
		top := &levels[len(levels)-1]
		for ; top.depth == 0 && indent <= top.indent; top = &levels[len(levels)-1] {
			levels = levels[:len(levels)-1]
		}
		s.urls(line)
		s.logins(line)
		below, value, hasKey := s.maskAt(line, top.at)
		if top.depth > 0 {
			top.count(string(s.data[line.start:line.end]), top.depth)
		} else if hasKey {
			levels = append(levels, newLevel(indent, below, value))
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

// maskAt masks what is secret in a line by the keys above it and its own, and returns the place below its own key and
// the value in the line. Comments and lines without a key have none.
func (s *scan) maskAt(line span, at place) (below place, value string, hasKey bool) {
	text := s.data[line.start:line.end]
	if text[0] == '#' && at != secretText {
		return at, "", false
	}
	m := lineKey.FindSubmatchIndex(text)
	if len(m) == 0 || at.hidesLine(string(text[m[2]:m[3]]), text[m[4]]) {
		if at == secretText || (at == secret || at == credentials) && len(bytes.Trim(text, "{}[],- ")) > 0 {
			s.mask(line.start, line.end)
		}
		return at, "", false
	}
	key := string(text[m[2]:m[3]])
	below = s.below(at, key)
	if !s.isYAML && key == "registries" { // the key above it may be lost
		below = credentials
	}
	if s.isSecret && (key == "data" || key == "stringData") {
		below = secret
	}
	if below.isMasked() && s.separates(key, text[m[4]], text[m[1]:]) {
		s.maskRest(line.start+m[1], line.end)
	}
	return below, strings.TrimLeft(string(text[m[1]:]), " \t"), true
}

// maxValue is the most bytes of a value that are looked at in a line of text with many keys.
const maxValue = 1000

// line masks what is secret in a line, whatever is above it.
func (s *scan) line(line span) {
	text := s.data[line.start:line.end]
	isHidden := false // the rest of the line
	for _, m := range anyKey.FindAllSubmatchIndex(text, -1) {
		path, rest := string(text[m[2]:m[3]]), text[m[1]:]
		rest = rest[:min(len(rest), maxValue)]
		value := string(bytes.TrimLeft(rest, " \t\"'"))
		if s.pair(path, value).isMasked() && s.separates(path, text[m[4]], rest) {
			if isHidden {
				s.remember(value)
			} else {
				s.maskRest(line.start+m[1], line.end)
			}
			isHidden = true
		}
		if part, ok := secretPart(path, value); ok {
			begin := line.start + m[1] + len(rest) - len(value)
			s.mask(begin+part.start, begin+part.end)
		}
	}
	s.arguments(line)
	if m := comment.FindIndex(text); m != nil {
		s.comment(line.start+m[1], line.end)
	}
}

// hidesLine reports whether a line below p is masked with its key and the sign behind it.
func (p place) hidesLine(key string, sign byte) bool {
	return p == secretText || sign == '=' && (p == secret || p == credentials) || p.hidesKey(key)
}

// pair returns the place of the value of a key, which for a pair of name and value is that of the name.
func (s *scan) pair(path, value string) place {
	switch strings.ToLower(path) {
	case "kind":
		s.isSecret = strings.HasPrefix(value, "Secret") && !strings.HasPrefix(value, "SecretS")
	case "name", "key":
		s.named = s.below(open, strings.TrimRight(value, "\"', }"))
		if name, _, ok := strings.Cut(value, ","); ok {
			s.named = s.below(open, strings.TrimRight(name, "\"', "))
		}
	case "value":
		return s.named
	}
	return s.below(open, path)
}

// separates reports whether a colon or an equals sign stands between a key and its value, and not in a name such as
// token:latest.
func (s *scan) separates(key string, sign byte, rest []byte) bool {
	return sign == '=' || !s.isYAML || len(rest) == 0 || strings.IndexByte(" \t\"'\\", rest[0]) >= 0 ||
		strings.Contains(strings.ToLower(key), "pass")
}

// maskRest masks a value to the end of its line.
func (s *scan) maskRest(start, end int) {
	text := string(s.data[start:end])
	if !isPlainWord(strings.Trim(text, " \t\"',|>{}[]")) && !isPlainWord(strings.Trim(text, " \t\"',")) {
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
