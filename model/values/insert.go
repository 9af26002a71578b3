package values

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// insert puts a new key, and the tables that it needs, into the deepest table that there is.
func (t *text) insert(at place, c Change) (splice, *refused) {
	n := at.value
	switch {
	case slices.ContainsFunc(at.missing, isItem):
		return splice{}, &refused{line: n.Line, why: noItem, fix: "add it by hand"}
	case isNull(n) || len(n.Content) == 0:
		return t.fill(at, c)
	case isFlow(n):
		end, err := t.entryEnd(n.Content[len(n.Content)-2], n.Content[len(n.Content)-1])
		return splice{from: end, to: end, text: ", " + flowEntry(at.missing, c.Value), table: n, adds: at.missing[0]}, err
	}
	indent, err := t.indent(n.Content[0])
	if err != nil {
		return splice{}, err
	}
	key, value := n.Content[len(n.Content)-2], n.Content[len(n.Content)-1]
	last, err := t.lastLine(key, value, indent)
	if err != nil {
		return splice{}, err
	}
	if leaf := lastLeaf(value); isText(leaf) && !t.hasBreak(last) {
		return splice{}, &refused{line: leaf.Line, why: "the block of text above it would get a line end more",
			fix: "end the file with a line end"}
	}
	s := t.insertLines(last, t.entry(at.missing, c, indent))
	s.table, s.adds = n, at.missing[0]
	return s, nil
}

// indent is that of a key which begins its line, or an item of a list.
func (t *text) indent(key *yaml.Node) (int, *refused) {
	before := t.data[t.lines[key.Line-1]:t.offset(key)]
	if len(bytes.Trim(before, " \t-")) > 0 {
		return 0, &refused{line: key.Line, why: "something else stands before a key on its line", fix: byHand}
	}
	return key.Column - 1, nil
}

// fill puts the first key into a table that is empty: key: or key: {} or key: ~.
func (t *text) fill(at place, c Change) (splice, *refused) {
	switch parent := at.parent(); {
	case parent == nil:
		return t.fillRoot(at, c)
	case isFlow(parent), at.key == nil:
		return t.setInline(at, "{"+flowEntry(at.missing, c.Value)+"}", at.value)
	}
	lines := t.entry(at.missing, c, at.key.Column-1+t.step())
	return t.setLines(at, t.eol+strings.TrimSuffix(lines, t.eol), at.value)
}

// fillRoot puts the first key into a document that is empty, or {} or ~.
func (t *text) fillRoot(at place, c Change) (splice, *refused) {
	lines := t.entry(at.missing, c, 0)
	if isNothing(t.root) {
		s := t.insertLines(sort.SearchInts(t.lines, t.end)-1, lines)
		s.table = t.root
		return s, nil
	}
	end, err := t.inlineEnd(t.root)
	if err != nil {
		return splice{}, err
	}
	s := splice{from: t.offset(t.root), to: t.lineEnd(end), text: strings.TrimSuffix(lines, t.eol), table: t.root}
	if comment := bytes.TrimSpace(t.data[end:s.to]); len(comment) > 0 {
		s.text = string(comment) + t.eol + s.text
	} else if start := t.lines[t.root.Line-1]; isMarker(t.data[start:], "---") {
		s.text = t.eol + s.text
	}
	return s, nil
}

func (t *text) hasBreak(line int) bool {
	return len(bytes.TrimRight(t.line(line), lineBreaks)) < len(t.line(line))
}

// insertLines puts lines behind a line; -1 is before the first. The file ends as it did, with a line end or without.
func (t *text) insertLines(behind int, lines string) splice {
	if behind < 0 {
		return splice{from: t.lines[0], to: t.lines[0], text: lines}
	}
	end := t.lines[behind] + len(t.line(behind))
	if !t.hasBreak(behind) {
		lines = t.eol + strings.TrimSuffix(lines, t.eol)
	}
	return splice{from: end, to: end, text: lines}
}
