// Package session is the answers of a wizard that was left before its end, and where in it the user was. It reads and
// writes text alone, and there is no password in it: answers hold none.
package session

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
)

// Session is how far someone came.
type Session struct {
	Answers  *answers.Answers
	Page     string // the name of the page that was shown
	Reached  string // the name of the furthest page seen
	Question string // the answers path of the question that had the focus; "" for none
}

const divider = "\n---\n"

// Encode is the session as two YAML documents: where the user was, and an answers file.
func (s Session) Encode() []byte {
	var b strings.Builder
	b.WriteString("# Answers that were not finished: conductor-registry --resume goes on.\n")
	for _, line := range [][2]string{{"page", s.Page}, {"reached", s.Reached}, {"question", s.Question}} {
		fmt.Fprintf(&b, "%s: %s\n", line[0], line[1])
	}
	return append([]byte(strings.TrimSuffix(b.String(), "\n")+divider), s.Answers.Encode()...)
}

// Decode reads what Encode wrote. Name is how problems call it. A place that is not understood is left empty: the
// answers are what matters.
func Decode(name string, data []byte) (Session, model.Problems) {
	head, body, found := strings.Cut(string(data), divider)
	if !found {
		head, body = "", string(data)
	}
	above := strings.Count(string(data), "\n") - strings.Count(body, "\n") // so that lines are the file's
	given, problems := answers.Decode(name, []byte(strings.Repeat("\n", above)+body))
	if len(problems) > 0 {
		return Session{}, problems
	}
	s := Session{Answers: given}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "page":
			s.Page = value
		case "reached":
			s.Reached = value
		case "question":
			s.Question = value
		}
	}
	return s, nil
}
