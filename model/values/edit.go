package values

import (
	"errors"
	"fmt"

	"conductor-registry/model"
)

// Change is one key to set, to rename or to remove. Comments within a value that is replaced go with it.
type Change struct {
	Path    string // dotted, such as server.image.tag; items of lists are a[0]
	Value   string // as it is to stand in the file, such as "\"5.2.42\"" or true; a list or table in lines, not indented
	Remove  bool   // remove the key, the comment directly above it, and each table that this leaves empty
	Rename  string // the new last key of the path; the value stays
	Comment string // lines above a new key, without #; "" for none

	KeepComments bool     // what is removed leaves its comments where it was
	OwnComments  []string // those that go with it all the same, without #
}

// Apply returns data with all changes made, one after the other, and every other byte kept. If it cannot make or verify
// a change, it returns all reasons, with file and line, and no data. Making the same changes again changes nothing. A
// file of several documents is refused: Helm 3 reads the first one only, Helm 4 merges them.
func Apply(file string, data []byte, changes ...Change) ([]byte, model.Problems) {
	parsed, err := Parse(Source{Name: file, Data: data})
	if err != nil {
		return nil, unreadable(file, err)
	}
	edited, problems := parsed.Apply(changes...)
	if problems != nil {
		return nil, problems
	}
	return edited.Data, nil
}

// Apply returns the file with changes made, as the function Apply does.
func (f *File) Apply(changes ...Change) (*File, model.Problems) {
	root, err := f.root()
	if err != nil {
		return nil, unreadable(f.Name, err)
	}
	e := &editor{lines: newLines(f.Data, root), want: f.tree}
	if line := e.lines.secondDocument(); line > 0 {
		return nil, model.Problems{{Rule: "multi-document", Severity: model.Error, File: f.Name, Line: line,
			Summary: "the file has several YAML documents, and Helm 3 and 4 read them in different ways",
			Fix:     "split the file at this line and pass all parts: -f a.yaml -f b.yaml"}}
	}
	var problems model.Problems
	for _, c := range changes {
		if r := e.apply(c); r != nil {
			problems = append(problems, refusal(f.Name, c, r))
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if len(e.splices) == 0 && e.lines.was == nil {
		return f, nil
	}
	edited, err := Parse(Source{Name: f.Name, Data: e.lines.with(e.splices)})
	if err == nil && same(e.want, edited.tree) {
		return edited, nil
	}
	c := e.unverified(edited, changes)
	return nil, model.Problems{refusal(f.Name, c, unverified(lineOf(root, c.Path)))}
}

func unreadable(file string, err error) model.Problems {
	p := model.Problem{Rule: "edit-refused", Severity: model.Error, File: file, Summary: err.Error(),
		Fix: "fix the file first"}
	if parse, ok := errors.AsType[*ParseError](err); ok {
		p.Line, p.Summary = parse.Line, parse.Reason
	}
	return model.Problems{p}
}

// refused is why a change cannot be made.
type refused struct {
	line     int // 1-based; 0 is unknown
	why, fix string
}

const byHand = "make the change by hand"

// unverified is the refusal of a change whose result is not what it should be.
func unverified(line int) *refused {
	return &refused{line: line, why: "the result would differ from what was asked for", fix: byHand}
}

func refusal(file string, c Change, r *refused) model.Problem {
	verb := "set"
	switch {
	case c.Remove:
		verb = "remove"
	case c.Rename != "":
		verb = "rename"
	}
	return model.Problem{Rule: "edit-refused", Severity: model.Error, File: file, Line: r.line, Path: c.Path,
		Summary: fmt.Sprintf("cannot %s this key safely: %s", verb, r.why), Fix: r.fix}
}
