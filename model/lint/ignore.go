package lint

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"conductor-registry/model"
)

// ignore is a comment that has a rule look away: on the line itself or on lines of its own above it. Before the first
// key of a file it is also for what has no line.
type ignore struct {
	line  int // that it stands on
	about int // the line that it is about; 0 when nothing follows
	rules []string
}

// ignores reads comments such as "# conductor-registry:ignore moving-tag, plaintext-password".
func (f *file) ignores() []ignore {
	if !bytes.Contains(f.data, []byte("conductor-registry:ignore")) {
		return nil
	}
	comment := regexp.MustCompile(`(?:^|\s)#\s*conductor-registry:ignore\s+(.*)$`)
	var out []ignore
	waiting := 0 // how many at the end of out stand above the line they are about
	for number, line := range f.lines() {
		text := strings.TrimSpace(line)
		isValue := text != "" && !strings.HasPrefix(text, "#")
		if isValue {
			for i := range waiting {
				out[len(out)-1-i].about = number
			}
			waiting = 0
		}
		found := comment.FindStringSubmatch(line)
		if len(found) == 0 {
			continue
		}
		one := ignore{line: number, rules: strings.FieldsFunc(found[1], func(c rune) bool { return c == ',' || c == ' ' })}
		if isValue {
			one.about = number
		} else {
			waiting++
		}
		out = append(out, one)
	}
	return out
}

// honourIgnores leaves out what comments say to. A comment that names no rule there is says so itself.
func (s *subject) honourIgnores() {
	for _, f := range s.files {
		first := f.firstKey()
		for _, i := range f.ignores() {
			for _, rule := range i.rules {
				if _, known := Find(rule); !known {
					s.unknownIgnore(f, i, rule)
				}
			}
			s.found = slices.DeleteFunc(s.found, func(at Finding) bool {
				here := at.Line == i.about && at.Line > 0 || at.Line == 0 && i.line < first
				return at.File == f.name && here && slices.Contains(i.rules, at.Rule)
			})
		}
	}
}

// firstKey is the line of the first key.
func (f *file) firstKey() int {
	for at := range f.entries() {
		return at.key.Line
	}
	return len(f.data)
}

func (s *subject) unknownIgnore(f *file, i ignore, rule string) {
	var ids []string
	for _, known := range Rules() {
		ids = append(ids, known.ID)
	}
	p := model.Problem{Rule: "unknown-ignore", File: f.name, Line: i.line, Summary: "no rule is called " + rule}
	if near := model.Nearest(rule, ids); near != "" {
		p.Fix = "did you mean " + near + "?"
	}
	s.report(p)
}
