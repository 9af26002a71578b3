package values

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// insert adds a new key, and the missing mappings above it, to the deepest mapping that exists.
func (l *lines) insert(at place, c Change) (splice, *refused) {
	n := at.value
	switch {
	case slices.ContainsFunc(at.missing, isItem):
		return splice{}, &refused{line: n.Line, why: noItem, fix: "add it by hand"}
	case isNull(n) || len(n.Content) == 0:
		return l.fill(at, c)
	case isFlow(n):
		end, err := l.entryEnd(n.Content[len(n.Content)-2], n.Content[len(n.Content)-1])
		return splice{from: end, to: end, text: ", " + flowEntry(at.missing, c.Value), mapping: n, adds: at.missing[0]}, err
	}
	indent, err := l.indent(n.Content[0])
	if err != nil {
		return splice{}, err
	}
	key, value := n.Content[len(n.Content)-2], n.Content[len(n.Content)-1]
	last, err := l.lastLine(key, value, indent)
	if err != nil {
		return splice{}, err
	}
	if leaf := lastLeaf(value); isText(leaf) && !l.hasBreak(last) {
		return splice{}, &refused{line: leaf.Line, why: "the block of text before it would gain a line break",
			fix: "end the file with a line break"}
	}
	s := l.insertLines(last, l.entry(at.missing, c, indent))
	s.mapping, s.adds = n, at.missing[0]
	return s, nil
}

// indent returns the indentation of a key that begins its line, or an item of a list.
func (l *lines) indent(key *yaml.Node) (int, *refused) {
	before := l.data[l.starts[key.Line-1]:l.offset(key)]
	if len(bytes.Trim(before, " \t-")) > 0 {
		return 0, &refused{line: key.Line, why: "something else is before a key on its line", fix: byHand}
	}
	return key.Column - 1, nil
}

// fill puts the first key into a mapping that is empty: key: or key: {} or key: ~.
func (l *lines) fill(at place, c Change) (splice, *refused) {
	switch parent := at.parent(); {
	case parent == nil:
		return l.fillRoot(at, c)
	case isFlow(parent), at.key == nil:
		return l.setInline(at, "{"+flowEntry(at.missing, c.Value)+"}", at.value)
	}
	lines := l.entry(at.missing, c, at.key.Column-1+l.step())
	return l.setLines(at, l.eol+strings.TrimSuffix(lines, l.eol), at.value)
}

// fillRoot puts the first key into a document that is empty, or {} or ~.
func (l *lines) fillRoot(at place, c Change) (splice, *refused) {
	lines := l.entry(at.missing, c, l.margin)
	if isNothing(l.root) {
		s := l.insertLines(sort.SearchInts(l.starts, l.end)-1, lines)
		s.mapping = l.root
		return s, nil
	}
	end, err := l.inlineEnd(l.root)
	if err != nil {
		return splice{}, err
	}
	s := splice{from: l.offset(l.root), to: l.lineEnd(end), text: strings.TrimSuffix(lines, l.eol), mapping: l.root}
	if comment := bytes.TrimSpace(l.data[end:s.to]); len(comment) > 0 {
		s.text = string(comment) + l.eol + s.text
	} else if start := l.starts[l.root.Line-1]; isMarker(l.data[start:], "---") {
		s.text = l.eol + s.text
	}
	return s, nil
}

func (l *lines) hasBreak(line int) bool {
	return len(bytes.TrimRight(l.line(line), lineBreaks)) < len(l.line(line))
}

// insertLines adds lines after a line; -1 is before the first. The file ends as it did, with a line break or without.
func (l *lines) insertLines(behind int, lines string) splice {
	if behind < 0 {
		return splice{from: l.starts[0], to: l.starts[0], text: lines}
	}
	end := l.starts[behind] + len(l.line(behind))
	if !l.hasBreak(behind) {
		lines = l.eol + strings.TrimSuffix(lines, l.eol)
	}
	return splice{from: end, to: end, text: lines}
}
