package values

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

const outByHand = "remove it by hand"

// remove removes a key, or the outermost mapping that has nothing else.
func (l *lines) remove(at place, c Change) (splice, *refused) {
	if len(at.missing) > 0 {
		return splice{}, unverified(at.value.Line) // the file has it, and not here
	}
	depth := len(at.parents) - 1
	for depth > c.kept && len(at.parents[depth].Content) == 2 && at.keys[depth] != nil && at.keys[depth-1] != nil {
		depth--
	}
	parent, key := at.parents[depth], at.keys[depth]
	if key == nil {
		return splice{}, &refused{line: at.value.Line, why: "it is an item of a list", fix: outByHand}
	}
	if err := checkOnce(parent, key); err != nil {
		return splice{}, err
	}
	i := slices.Index(parent.Content, key)
	if marked := l.marked(parent.Content[i+1]); marked != nil {
		return splice{}, l.checkUnrepeated(marked)
	}
	s, err := l.removeLines(parent, i)
	if isFlow(parent) {
		s, err = l.removeFlow(parent, i)
	} else if c.KeepComments && err == nil {
		s.text = l.keptComments(s, key.Column-1, c.OwnComments)
	}
	s.mapping = parent
	return s, err
}

// keptComments returns the comments of the lines that are removed, without the ones given.
func (l *lines) keptComments(s splice, indent int, own []string) string {
	var out strings.Builder
	for _, c := range l.comments(s.from, s.to) {
		if !slices.Contains(own, strings.TrimSpace(strings.TrimPrefix(c.Text, "#"))) {
			out.WriteString(strings.Repeat(" ", indent) + c.Text + l.eol)
		}
	}
	return out.String()
}

// removeLines removes an entry of a mapping in lines, with the comment directly above it unless that begins the file.
func (l *lines) removeLines(parent *yaml.Node, i int) (splice, *refused) {
	key := parent.Content[i]
	first, indent := key.Line-1, key.Column-1
	if len(bytes.Trim(l.data[l.starts[first]:l.offset(key)], " ")) > 0 {
		return splice{}, &refused{line: key.Line, why: "something else is before it on its line", fix: outByHand}
	}
	last, err := l.lastLine(key, parent.Content[i+1], indent)
	if err != nil {
		return splice{}, err
	}
	for first > l.top && isComment(l.line(first-1), indent) {
		first--
	}
	if first <= l.top {
		first = key.Line - 1
	}
	return splice{from: l.starts[first], to: l.starts[last] + len(l.line(last))}, nil
}

// isComment reports whether a line is a comment of an indentation.
func isComment(line []byte, indent int) bool {
	trimmed := bytes.TrimLeft(line, " ")
	return len(line)-len(trimmed) == indent && bytes.HasPrefix(trimmed, []byte("#"))
}

// removeFlow removes an entry of a mapping in braces, and a comma beside it.
func (l *lines) removeFlow(parent *yaml.Node, i int) (splice, *refused) {
	from := l.offset(parent.Content[i])
	if i+2 < len(parent.Content) {
		return splice{from: from, to: l.offset(parent.Content[i+2])}, nil
	}
	to, err := l.entryEnd(parent.Content[i], parent.Content[i+1])
	if err == nil && i > 0 {
		from, err = l.entryEnd(parent.Content[i-2], parent.Content[i-1])
	}
	return splice{from: from, to: to}, err
}
