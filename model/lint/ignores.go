package lint

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"conductor-registry/model"
)

func (c *checker) checkIgnores() {
	ids := model.Map(Rules(), func(r Rule) string { return r.ID })
	for _, f := range c.files {
		for _, i := range f.ignores() {
			for _, rule := range i.rules {
				if slices.Contains(ids, rule) {
					continue
				}
				unknown := found{rule: "unknown-ignore", at: place{f.name, i.line},
					facts: facts{"rule": rule, "near": model.Nearest(rule, ids)}}
				if unknown.facts["near"] != "" {
					unknown.fix = "write {near}"
				}
				c.report(unknown)
			}
		}
	}
}

// ignore is a comment that silences rules on its own line, or on the next line with a value. Above the first key of a
// file it also silences findings without a line.
type ignore struct {
	line   int // of the comment
	target int // the line that it is about; 0 when no value follows
	rules  []string
}

var ignoreComment = regexp.MustCompile(`(?:^|\s)#\s*conductor-registry:ignore\s+(.*)$`)

// ignores reads comments such as "# conductor-registry:ignore moving-tag, plaintext-password".
func (f *file) ignores() []ignore {
	if !bytes.Contains(f.data, []byte("conductor-registry:ignore")) {
		return nil
	}
	var out []ignore
	for number, line := range f.lines() {
		if text := strings.TrimSpace(line); text != "" && text[0] != '#' { // the target of all comments above it
			for i := len(out) - 1; i >= 0 && out[i].target == 0; i-- {
				out[i].target = number
			}
		}
		if comment := ignoreComment.FindStringSubmatch(line); comment != nil {
			one := ignore{line: number, rules: strings.FieldsFunc(comment[1], func(c rune) bool { return c == ',' || c == ' ' })}
			if strings.TrimSpace(line)[0] != '#' {
				one.target = number
			}
			out = append(out, one)
		}
	}
	return out
}

// applyIgnores removes the findings that comments silence.
func (c *checker) applyIgnores() {
	for _, f := range c.files {
		first := f.firstKey()
		for _, i := range f.ignores() {
			c.findings = slices.DeleteFunc(c.findings, func(at Finding) bool {
				here := at.Line == i.target && at.Line > 0 || at.Line == 0 && i.line < first
				return at.File == f.name && here && slices.Contains(i.rules, at.Rule)
			})
		}
	}
}

// firstKey returns the line of the first key.
func (f *file) firstKey() int {
	for at := range f.entries() {
		return at.key.Line
	}
	return len(f.data)
}
