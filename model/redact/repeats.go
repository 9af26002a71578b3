package redact

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// placeholder matches a text that stands for a secret.
var placeholder = regexp.MustCompile(`^(?:\$[A-Z_][A-Z0-9_]*|\$\{[\w.-]+\}|\$\([\w.-]+\)|%\w+%|` +
	`\{\{-? *[.$][\w.$]* *-?\}\})$`)

// remember keeps a secret, so that it is found again elsewhere: the whole text, which may be the rest of a line, and what
// ends where a quote, a bracket or a comment begins.
func (s *scan) remember(text string) {
	text = strings.Trim(text, " \t\r\n\"'")
	if len(text) < 4 || isPlainWord(text) || placeholder.MatchString(text) || strings.ContainsAny(text, "\n") {
		return
	}
	s.secrets[text] = true
	if end := strings.IndexAny(text, " \t\"'`\\,}])|&;"); end >= 0 && isStrong(text[:end]) &&
		!placeholder.MatchString(text[:end]) {
		s.secrets[text[:end]] = true
	}
}

// isStrong reports whether a secret cannot be a word of everyday use, so that it is masked in the middle of other text.
func isStrong(text string) bool {
	kinds := map[string]bool{}
	for _, r := range text {
		switch {
		case unicode.IsLower(r):
			kinds["lower"] = true
		case unicode.IsUpper(r):
			kinds["upper"] = true
		case unicode.IsDigit(r):
			kinds["digit"] = true
		case !strings.ContainsRune("-._/ ", r):
			kinds["other"] = true
		}
	}
	return len(text) >= 6 && len(kinds) > 1
}

// findRepeated masks the known secrets wherever they occur again. Weak ones, such as "postgres", only as a whole value or
// as a word of a comment.
func (s *scan) findRepeated() {
	var strong []string
	for text := range s.secrets {
		if isStrong(text) {
			strong = append(strong, spellings(text)...)
		}
	}
	for _, text := range strong {
		s.maskAll(text)
	}
	for _, e := range s.elements {
		if e.Kind == yaml.ScalarNode && !e.isMasked && !e.isKey && s.isKnown(e, strong) {
			(&walker{scan: s}).maskElement(e)
		}
	}
	if len(s.elements) == 0 && s.secrets[string(s.data)] {
		s.mask(0, len(s.data))
	}
	s.findInComments()
}

// spellings returns a secret as it may be written elsewhere.
func spellings(text string) []string {
	quoted := strconv.Quote(text)
	out := []string{text, quoted[1 : len(quoted)-1], url.QueryEscape(text), url.PathEscape(text)}
	for _, plain := range slices.Clone(out) { // hosts are printed in lower case
		out = append(out, strings.ToLower(plain), strings.ToUpper(plain))
	}
	return append(out, base64.StdEncoding.EncodeToString([]byte(text+"\n")),
		base64.StdEncoding.EncodeToString([]byte(text)))
}

func (s *scan) maskAll(text string) {
	for at := 0; ; {
		i := bytes.Index(s.data[at:], []byte(text))
		if i < 0 {
			return
		}
		s.spans = append(s.spans, span{at + i, at + i + len(text)})
		at += i + len(text)
	}
}

// isKnown reports whether a value is a known secret, or has one in it that is written with escapes.
func (s *scan) isKnown(e *element, strong []string) bool {
	value := e.text()
	isAsWritten := e.Style&yaml.LiteralStyle != 0 && e.Tag != "!!binary"
	if s.secrets[value] || isAsWritten || bytes.Contains(s.data[e.start:e.next], []byte(value)) {
		return s.secrets[value]
	}
	return slices.ContainsFunc(strong, func(text string) bool { return strings.Contains(value, text) })
}

// findInComments masks weak secrets that are words of comments.
func (s *scan) findInComments() {
	for _, line := range splitLines(s.data, 0, len(s.data)) {
		m := comment.FindIndex(s.data[line.start:line.end])
		if m == nil {
			continue
		}
		begin := line.start + m[1]
		for _, w := range word.FindAllIndex(s.data[begin:line.end], -1) {
			from, to := begin+w[0], begin+w[1]
			text := string(s.data[from:to])
			if bare := strings.Trim(text, ".,;:()\"'`"); s.secrets[bare] {
				from += strings.Index(text, bare)
				s.spans = append(s.spans, span{from, from + len(bare)})
			}
		}
	}
}
