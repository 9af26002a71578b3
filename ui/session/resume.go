package session

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
)

// Session is an unfinished session of the wizard: the answers and the place where the user left. It holds no password:
// answers hold none.
type Session struct {
	Answers  *answers.Answers
	Page     string // the name of the page that was shown
	Reached  string // the name of the furthest page seen
	Question string // the answers path of the question that had the focus; "" for none
}

const divider = "\n---\n"

// Encode returns the session as two YAML documents: the place, and an answers file.
func (s Session) Encode() []byte {
	var b strings.Builder
	b.WriteString("# Unfinished answers: conductor-registry --resume continues with them.\n")
	for _, line := range [][2]string{{"page", s.Page}, {"reached", s.Reached}, {"question", s.Question}} {
		fmt.Fprintf(&b, "%s: %s\n", line[0], line[1])
	}
	return append([]byte(strings.TrimSuffix(b.String(), "\n")+divider), s.Answers.Encode()...)
}

// Decode reads what Encode wrote, or an answers file. Name is the file in problems. An unknown place is ignored, because
// the answers matter more.
func Decode(name string, data []byte) (Session, model.Problems) {
	head, body, found := strings.Cut(string(data), divider)
	if !found {
		head, body = "", string(data)
	}
	above := strings.Count(string(data), "\n") - strings.Count(body, "\n") // so that problems have the line of the file
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
