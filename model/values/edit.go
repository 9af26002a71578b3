// Package edit changes keys of a YAML document and leaves every other byte alone: comments, order, quoting, line ends.
// What it cannot do surely it refuses, with the line: a change that goes wrong must never look done.
package values

import (
	"errors"
	"fmt"

	"conductor-registry/model"
)

// Change is one key to set, to rename or to remove. Comments within a value that is replaced or removed go with it.
type Change struct {
	Path    string // dotted, such as server.image.tag; items of lists are a[0]
	Value   string // as it is to stand in the file, such as "\"5.2.42\"" or true; a list or table in lines, not indented
	Remove  bool   // take the key out, with the comment directly above it, and each table that this leaves empty
	Rename  string // the new last key of the path; the value stays
	Comment string // lines above a key that is new, without their hash; "" for none
}

// Apply gives the first document of data with all changes made, one after the other. If one can't be made, it gives all
// reasons, with file and line, and no data. Data that is no values file is such a reason. A change that the file has
// already changes nothing, so the same changes may be made again.
func Apply(file string, data []byte, changes ...Change) ([]byte, model.Problems) {
	values, err := Load(Source{Name: file, Data: data})
	if err != nil {
		return nil, unreadable(file, err)
	}
	e := &editor{want: values.Map()}
	if e.text, err = read(data); err != nil {
		return nil, unreadable(file, err)
	}
	var problems model.Problems
	for _, c := range changes {
		if r := e.apply(c); r != nil {
			problems = append(problems, refusal(file, c, r))
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if len(e.splices) == 0 && e.text.was == nil {
		return data, nil
	}
	out := e.text.with(e.splices)
	if c, wrong := e.wrong(out, changes); wrong {
		_, line := values.Position(c.Path)
		return nil, model.Problems{refusal(file, c, unsure(line))}
	}
	return out, nil
}

func unreadable(file string, err error) model.Problems {
	p := model.Problem{Rule: "edit-refused", Severity: model.Error, File: file, Summary: err.Error(),
		Fix: "mend the file first"}
	if parse, ok := errors.AsType[*ParseError](err); ok {
		p.Line, p.Summary = parse.Line, parse.Reason
	}
	return model.Problems{p}
}

// refused says why a change can't be made.
type refused struct {
	line     int // 1-based; 0 is unknown
	why, fix string
}

const byHand = "make the change by hand"

func unsure(line int) *refused {
	return &refused{line: line, why: "the result would not be what was asked for", fix: byHand}
}

func refusal(file string, c Change, r *refused) model.Problem {
	what := "changed"
	switch {
	case c.Remove:
		what = "removed"
	case c.Rename != "":
		what = "renamed"
	}
	return model.Problem{Rule: "edit-refused", Severity: model.Error, File: file, Line: r.line, Path: c.Path,
		Summary: fmt.Sprintf("this key can't be %s safely: %s", what, r.why), Fix: r.fix}
}
