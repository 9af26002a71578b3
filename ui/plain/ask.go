package plain

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/registry"
)

// ask asks one question until it is answered, and says where to go on.
func (s *dialog) ask(f answers.Field) (to string, err error) {
	s.listed = s.fields()
	s.open(f.Page)
	s.describe(f)
	if err := s.draft.Mistake(f); err != nil && s.draft.Answered(f) != "" {
		s.wrong(err)
	}
	for {
		line, err := s.line(s.prompt(f), f.Label)
		if err != nil {
			return "", err
		}
		switch line {
		case "?":
			s.help(f)
			continue
		case "<":
			if to := s.before(f.Path); to != "" {
				s.said = answers.Field{}
				return to, nil
			}
			s.say("This is the first question. ctrl+c leaves, and nothing is written.")
			continue
		case "+":
			if from := s.more(f); from != f.Path {
				return from, nil
			}
			continue
		}
		if err := s.take(f, line); err != nil {
			s.wrong(err)
			continue
		}
		s.conclude()
		return s.after(f), nil
	}
}

// line is the answer to a prompt. Lines that can't be one to anything are told and asked for again.
func (s *dialog) line(prompt, label string) (string, error) {
	for {
		s.put(prompt + " ")
		line, err := s.next()
		if s.options.Echo && err == nil {
			s.put(line)
		}
		if s.options.Echo || err != nil {
			s.put("\n")
		}
		refused, ok := errors.AsType[refusedError](err)
		switch {
		case ok:
			s.wrong(refused)
		case errors.Is(err, io.EOF):
			return "", EndedError{label}
		default:
			return line, err
		}
	}
}

// wrong tells what is wrong with an answer, in the words of all front ends.
func (s *dialog) wrong(err error) { s.say("error: %s", err) }

// prompt is the question in short, with what an empty line takes in brackets.
func (s *dialog) prompt(f answers.Field) string {
	holds := s.draft.Holds(f)
	switch {
	case holds != "":
		return f.Label + " [" + holds + "]:"
	case len(f.Choices) > 0 && !s.draft.MustChoose(f):
		return f.Label + " [" + f.Choices[0].Label + "]:"
	case len(f.Choices) > 0:
		return fmt.Sprintf("%s (1 to %d):", f.Label, len(f.Choices))
	case len(f.Choices) == 0 && !f.Required:
		return f.Label + " (optional):"
	}
	return f.Label + ":"
}

// take records an answer; an empty line leaves what holds. The error says why it is none.
func (s *dialog) take(f answers.Field, line string) error {
	switch {
	case line == "" && s.draft.MustChoose(f):
		return errChoose
	case line == "":
		return s.draft.Mistake(f)
	case line == "-" && len(f.Choices) == 0:
		_, err := s.draft.Take(f, "")
		return err
	case len(f.Choices) > 0:
		return s.choose(f, line)
	}
	n, err := s.draft.Take(f, line)
	if err == nil && n.Value != line {
		s.mended(f, n)
	}
	return err
}

// mended tells what was made of an answer, and of the questions beside it that it answers too.
func (s *dialog) mended(f answers.Field, n registry.Normalised) {
	if n.Value != "" {
		s.say("Read as %s.", n.Value)
	}
	if len(n.Notes) > 0 {
		s.say("Put right: %s.", strings.Join(n.Notes, ", "))
	}
	prefix := f.Path[:strings.LastIndex(f.Path, ".")+1]
	for _, id := range slices.Sorted(maps.Keys(n.Fields)) {
		if other, err := s.options.Catalog.Field(s.draft.Answers, prefix+id); err == nil {
			s.say("%s is then %s.", other.Label, n.Fields[id])
		}
	}
}
