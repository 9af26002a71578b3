package values

import (
	"bytes"
	"slices"

	"go.yaml.in/yaml/v3"
)

const outByHand = "take it out by hand"

// remove takes out a key, or the outermost table that it is all of.
func (t *text) remove(at place) (splice, *refused) {
	if len(at.missing) > 0 {
		return splice{}, unsure(at.value.Line) // the file has it, and not here
	}
	depth := len(at.parents) - 1
	for depth > 0 && len(at.parents[depth].Content) == 2 && at.keys[depth] != nil && at.keys[depth-1] != nil {
		depth--
	}
	parent, key := at.parents[depth], at.keys[depth]
	if key == nil {
		return splice{}, &refused{line: at.value.Line, why: "it is an item of a list", fix: outByHand}
	}
	if err := wantOnce(parent, key); err != nil {
		return splice{}, err
	}
	i := slices.Index(parent.Content, key)
	if marked := t.marked(parent.Content[i+1]); marked != nil {
		return splice{}, t.wantUnrepeated(marked)
	}
	s, err := t.removeLines(parent, i)
	if isFlow(parent) {
		s, err = t.removeFlow(parent, i)
	}
	s.table = parent
	return s, err
}

// removeLines takes out an entry of a table in lines, and the comment directly above it, unless that begins the file.
func (t *text) removeLines(parent *yaml.Node, i int) (splice, *refused) {
	key := parent.Content[i]
	first, indent := key.Line-1, key.Column-1
	if len(bytes.Trim(t.data[t.lines[first]:t.offset(key)], " ")) > 0 {
		return splice{}, &refused{line: key.Line, why: "something else stands before it on its line", fix: outByHand}
	}
	last, err := t.lastLine(key, parent.Content[i+1], indent)
	if err != nil {
		return splice{}, err
	}
	for first > 0 && isComment(t.line(first-1), indent) {
		first--
	}
	if first == 0 {
		first = key.Line - 1
	}
	s := splice{from: t.lines[first], to: t.lines[last] + len(t.line(last))}
	if parent == t.root && len(parent.Content) == 2 && t.end < len(t.data) {
		s.text = "{}" + t.eol // else the document behind it would become the first
	}
	return s, nil
}

// isComment tells whether a line is a comment of an indentation.
func isComment(line []byte, indent int) bool {
	trimmed := bytes.TrimLeft(line, " ")
	return len(line)-len(trimmed) == indent && bytes.HasPrefix(trimmed, []byte("#"))
}

// removeFlow takes out an entry of a table in braces, and a comma beside it.
func (t *text) removeFlow(parent *yaml.Node, i int) (splice, *refused) {
	from := t.offset(parent.Content[i])
	if i+2 < len(parent.Content) {
		return splice{from: from, to: t.offset(parent.Content[i+2])}, nil
	}
	to, err := t.entryEnd(parent.Content[i], parent.Content[i+1])
	if err == nil && i > 0 {
		from, err = t.entryEnd(parent.Content[i-2], parent.Content[i-1])
	}
	return splice{from: from, to: to}, err
}
