package values

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// rename writes another key.
func (t *text) rename(at place, to string) (splice, *refused) {
	parent := at.parent()
	if at.key == nil || len(at.missing) > 0 {
		return splice{}, &refused{why: "there is no such key", fix: "rename a key that is there"}
	}
	for i := 0; i < len(parent.Content); i += 2 {
		if other := parent.Content[i]; isKey(other, to) {
			return splice{}, &refused{line: other.Line, why: to + " is there already", fix: "take one of them out by hand"}
		}
	}
	if err := wantOnce(parent, at.key); err != nil {
		return splice{}, err
	}
	if err := wantOwn(at.key); err != nil {
		return splice{}, err
	}
	end, err := t.inlineEnd(at.key)
	return splice{from: t.offset(at.key), to: end, text: Word(to), table: parent}, err
}

// wantOnce refuses a key that its table has twice: the other would take its place.
func wantOnce(table, key *yaml.Node) *refused {
	for i := 0; i < len(table.Content); i += 2 {
		if other := table.Content[i]; other != key && isKey(other, key.Value) {
			return &refused{line: other.Line, why: "the key is written twice", fix: "take one of them out by hand"}
		}
	}
	return nil
}

// replace puts a value in the place of another.
func (t *text) replace(at place, value string) (splice, *refused) {
	if err := wantOwn(at.value); err != nil {
		return splice{}, err
	}
	if marked := t.marked(at.value); marked != nil {
		return splice{}, t.wantUnrepeated(marked)
	}
	parent := at.parent()
	if !needsLines(value) && !isLines(at.value) || isFlow(parent) {
		return t.setInline(at, inline(value), nil)
	}
	if at.key == nil {
		return splice{}, &refused{line: at.value.Line, why: "an item of a list would stand in lines", fix: byHand}
	}
	return t.setLines(at, t.value(value, at.key.Column-1), nil)
}

// marked is a node, or one below, that others repeat; nil when there is none.
func (t *text) marked(n *yaml.Node) *yaml.Node {
	if t.repeated[n] > 0 {
		return n
	}
	for _, child := range n.Content {
		if marked := t.marked(child); marked != nil {
			return marked
		}
	}
	return nil
}

// setInline puts a value on the line of the one before. Table is set when keys become others.
func (t *text) setInline(at place, value string, table any) (splice, *refused) {
	s := splice{text: value, table: table}
	var err *refused
	switch {
	case !isNothing(at.value):
		s.from = t.offset(at.value)
		s.to, err = t.inlineEnd(at.value)
	case at.key == nil:
		err = &refused{line: at.value.Line, why: "the item of the list is empty", fix: byHand}
	default:
		s.from, err = t.keyEnd(at.key)
		s.to, s.text = s.from, " "+value
	}
	return s, err
}

// setLines puts what stands behind a key's colon in the place of a value; a comment on the key's line stays there.
func (t *text) setLines(at place, value string, table any) (splice, *refused) {
	from, err := t.keyEnd(at.key)
	if err != nil {
		return splice{}, err
	}
	s := splice{from: from, to: t.lineEnd(from), table: table}
	kept := t.data[from:s.to]
	switch v := at.value; {
	case isLines(v):
		last, err := t.lastLine(at.key, v, at.key.Column-1)
		if err != nil {
			return splice{}, err
		}
		s.to = t.lineEnd(t.lines[last])
	case !isNothing(v):
		end, err := t.inlineEnd(v)
		if err != nil {
			return splice{}, err
		}
		if v.Line != at.key.Line {
			return splice{}, &refused{line: v.Line, why: "the value stands on another line than its key", fix: byHand}
		}
		s.to = t.lineEnd(end)
		kept = t.data[end:s.to]
	}
	comment := strings.TrimRight(string(kept), " \t")
	if s.text = comment + value; !strings.HasPrefix(value, t.eol) {
		s.text = value + comment
	}
	return s, nil
}
