package values

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// place is where a path leads: to a key and its value, or to the deepest table that there is and the keys missing in
// it.
type place struct {
	parents []*yaml.Node // from the top to the table that has the key
	keys    []*yaml.Node // the keys in them that lead on; nil for the item of a list
	key     *yaml.Node   // of the value; nil for the item of a list, and at the top
	value   *yaml.Node
	missing []string
}

// parent is the table or list that has the key; nil at the top.
func (p place) parent() *yaml.Node {
	if len(p.parents) == 0 {
		return nil
	}
	return p.parents[len(p.parents)-1]
}

// find walks a path. Where it would run through something that stands elsewhere in the file, or that is no table, it
// refuses.
func (t *text) find(path string) (place, *refused) {
	at := place{value: t.root}
	keys := keysOf(path)
	for i, key := range keys {
		if err := t.wantTable(at.value); err != nil {
			return place{}, err
		}
		below, next, err := step(at.value, key)
		if err != nil {
			return place{}, err
		}
		if next == nil {
			at.missing = keys[i:]
			return at, nil
		}
		at.parents, at.keys = append(at.parents, at.value), append(at.keys, below)
		at.key, at.value = below, next
	}
	return at, nil
}

// step is the key and value below a table or list; nil when there are none. Of a key that is written twice the last one
// counts, as in Helm.
func step(n *yaml.Node, key string) (below, next *yaml.Node, err *refused) {
	if isItem(key) {
		i := indexOf(key)
		if n.Kind != yaml.SequenceNode || i < 0 || i >= len(n.Content) {
			return nil, nil, &refused{line: n.Line, why: noItem, fix: "name an item that is there"}
		}
		return nil, n.Content[i], nil
	}
	if n.Kind == yaml.SequenceNode {
		return nil, nil, &refused{line: n.Line, why: "a list stands where the table should be", fix: byTable}
	}
	for i := len(n.Content) - 2; i >= 0; i -= 2 {
		if isKey(n.Content[i], key) {
			return n.Content[i], n.Content[i+1], nil
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Tag == "!!merge" {
			return nil, nil, &refused{line: n.Content[i].Line, why: "<< brings in keys that stand elsewhere",
				fix: "write them out here, or " + byHand}
		}
	}
	return nil, nil, nil
}

const (
	noItem  = "the list has no such item"
	byTable = "make it a table by hand"
)

// isKey tells whether a node is the key of that name.
func isKey(n *yaml.Node, name string) bool { return n.Kind == scalar && n.Value == name }

// wantTable wants a table or list of its own, or nothing yet.
func (t *text) wantTable(n *yaml.Node) *refused {
	switch {
	case n.Kind == scalar && !isNull(n):
		return &refused{line: n.Line, why: "a single value stands where the table should be", fix: byTable}
	case n.Kind == scalar, n.Kind == yaml.AliasNode:
		return wantOwn(n)
	}
	return t.wantUnrepeated(n)
}

// wantUnrepeated refuses what stands in other places too.
func (t *text) wantUnrepeated(n *yaml.Node) *refused {
	if line := t.repeated[n]; line > 0 {
		return &refused{line: n.Line, fix: byHand,
			why: fmt.Sprintf("&%s marks it, and line %d repeats it", n.Anchor, t.origin(line))}
	}
	return nil
}

// wantOwn refuses what is repeated elsewhere, has a tag, or is a block of text.
func wantOwn(n *yaml.Node) *refused {
	switch {
	case n.Kind == yaml.AliasNode:
		return &refused{line: n.Line, why: "*" + n.Value + " repeats a value that stands elsewhere",
			fix: "write the value out here, or " + byHand}
	case n.Anchor != "":
		return &refused{line: n.Line, why: "&" + n.Anchor + " marks this value, and it may be repeated elsewhere",
			fix: byHand}
	case n.Style&yaml.TaggedStyle != 0:
		return &refused{line: n.Line, why: n.Tag + " gives this value a type", fix: byHand}
	case isText(n):
		return &refused{line: n.Line, why: "a block of text stands here", fix: byHand}
	}
	return nil
}

// isNull tells an empty value from others; isNothing one that has no text at all.
func isNull(n *yaml.Node) bool { return n.Kind == 0 || n.Kind == scalar && n.Tag == "!!null" }
func isNothing(n *yaml.Node) bool {
	return isNull(n) && n.Value == "" && n.Anchor == "" && n.Style == 0
}

// isText tells a block of text: | or >.
func isText(n *yaml.Node) bool { return n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 }

// isFlow tells whether a table or list stands in brackets.
func isFlow(n *yaml.Node) bool { return n.Style&yaml.FlowStyle != 0 }

// isLines tells whether a table or list stands in lines.
func isLines(n *yaml.Node) bool {
	return (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) && !isFlow(n)
}
