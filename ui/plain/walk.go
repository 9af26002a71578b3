package plain

import (
	"slices"

	"conductor-registry/model/answers"
)

// fields are the questions that there are with these answers.
func (s *dialog) fields() []answers.Field { return s.options.Catalog.Fields(s.draft.Answers) }

// wanted tells whether a question is asked. One that few need is where its answer is another than holds without, and on
// a page that is asked in full.
func (s *dialog) wanted(f answers.Field) bool {
	own := s.draft.Answered(f)
	return !f.Advanced || s.full[f.Page] || own != "" && own != f.Default && own != f.Inherits || s.draft.Mistake(f) != nil
}

// after is the path of the question to go on with, "" for the review. A page is not left while something on it is
// wrong.
func (s *dialog) after(f answers.Field) string {
	fields := s.fields()
	rest := fields[s.place(fields, f.Path)+1:]
	for _, g := range rest {
		if g.Page == f.Page && s.wanted(g) {
			return g.Path
		}
	}
	for _, g := range fields {
		if g.Page == f.Page && s.draft.Mistake(g) != nil {
			return g.Path
		}
	}
	for _, g := range rest {
		if g.Page > f.Page && s.wanted(g) {
			return g.Path
		}
	}
	return ""
}

// before is the path of the question before one; before the review that is the last. "" is none.
func (s *dialog) before(path string) string {
	fields := s.fields()
	at := len(fields)
	if path != "" {
		at = s.place(fields, path)
	}
	for at--; at >= 0; at-- {
		if s.wanted(fields[at]) {
			return fields[at].Path
		}
	}
	return ""
}

// place is where a question stands, or where the last one before it does that is still there: an answer can take its
// own question away.
func (s *dialog) place(fields []answers.Field, path string) int {
	for at := index(s.listed, path); at >= 0; at-- {
		if now := index(fields, s.listed[at].Path); now >= 0 {
			return now
		}
	}
	return max(0, index(fields, path))
}

func index(fields []answers.Field, path string) int {
	return slices.IndexFunc(fields, func(f answers.Field) bool { return f.Path == path })
}

// more has a page asked in full, and tells from which question on: one that was passed by may stand before this one.
func (s *dialog) more(f answers.Field) (from string) {
	few := s.few(f.Page)
	if len(few) == 0 {
		s.say("Nothing more is asked on this page.")
		return f.Path
	}
	s.full[f.Page] = true
	s.say("Asked too: %s.", labels(few))
	if fields := s.fields(); index(fields, few[0].Path) < index(fields, f.Path) {
		return few[0].Path
	}
	return f.Path
}

// few are the questions of a page that would be passed by.
func (s *dialog) few(page answers.Page) []answers.Field {
	var out []answers.Field
	for _, f := range s.fields() {
		if f.Page == page && !s.wanted(f) {
			out = append(out, f)
		}
	}
	return out
}
