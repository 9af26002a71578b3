package values

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"conductor-registry/model"
)

// Change is one key to set, to rename or to remove. Comments within a value that is replaced go with it.
type Change struct {
	Path    string // dotted, such as server.image.tag; items of lists are a[0]
	Value   string // as it is to stand in the file, such as "\"5.2.42\"" or true; a list or mapping in lines, not indented
	Remove  bool   // remove the key, the comment directly above it, and each mapping that this leaves empty
	Rename  string // the new last key of the path; the value stays
	Comment string // lines above a new key, without #; "" for none

	KeepComments bool     // what is removed leaves its comments where it was
	OwnComments  []string // those that go with it all the same, without #

	kept int // keys at the start of the path that stay, even when their mapping is left empty
}

// Apply returns the bytes of a file with all changes made, one after the other, and every other byte kept. If it cannot
// make or verify a change, it returns all reasons, with file and line, and no data. Making the same changes again changes
// nothing. Values of several documents are refused: Helm 3 reads the first one only, Helm 4 merges them.
func Apply(source Source, changes ...Change) ([]byte, model.Problems) {
	parsed, err := Parse(source)
	if err != nil {
		return nil, unreadable(source.Name, err)
	}
	edited, problems := parsed.Apply(changes...)
	if problems != nil {
		return nil, problems
	}
	return edited.Data, nil
}

// Apply returns the file with changes made, as the function Apply does.
func (f *File) Apply(changes ...Change) (*File, model.Problems) {
	if line := f.SecondDocument(); line > 0 {
		return nil, model.Problems{{Rule: "multi-document", Severity: model.Error, File: f.Name, Line: line,
			Summary: "the file has several YAML documents, and Helm 3 and 4 read them in different ways",
			Fix:     "split the file at this line and pass all parts: -f a.yaml -f b.yaml"}}
	}
	if places := f.places(); len(places) == 1 && places[0].fixed == nil {
		return f.applyIn(places[0], changes)
	}
	return f.applyEach(changes)
}

// applyIn makes changes in one place of the file.
func (f *File) applyIn(at valuesPlace, changes []Change) (*File, model.Problems) {
	e := &editor{lines: at.view.lines(), want: at.view.tree}
	var problems model.Problems
	var outer []Change
	for _, c := range changes {
		moved := c
		moved.Path, moved.kept = at.prefix+c.Path, strings.Count(at.prefix, ".")+strings.Count(at.prefix, "[")
		outer = append(outer, moved)
		if r := e.apply(moved); r != nil {
			problems = append(problems, refusal(f.Name, c, r))
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if len(e.splices) == 0 && e.lines.was == nil {
		return f, nil
	}
	data := e.lines.with(e.splices)
	edited, err := Parse(f.With(at.view.with(data)))
	part := newView(data, 0, len(data))
	if err == nil && part.parse(f.Source) == nil && same(e.want, part.tree) {
		return edited, nil
	}
	i := e.unverified(part.tree, outer)
	return nil, model.Problems{refusal(f.Name, changes[i], unverified(lineOf(at.view.nodes(), outer[i].Path)))}
}

func unreadable(file string, err error) model.Problems {
	p := model.Problem{Rule: "edit-refused", Severity: model.Error, File: file, Summary: err.Error(),
		Fix: "fix the file first"}
	if parse, ok := errors.AsType[*ParseError](err); ok {
		p.Line, p.Summary, p.Fix = parse.Line, parse.Reason, cmp.Or(parse.Hint, p.Fix)
	}
	return model.Problems{p}
}

// refused says why a change cannot be made, and what to do instead.
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
