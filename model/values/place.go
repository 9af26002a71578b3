package values

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

// place holds what a path leads to: a key and its value, or the deepest mapping on the way and the keys missing in it.
type place struct {
	parents []*yaml.Node // from the top to the mapping that has the key
	keys    []*yaml.Node // the keys in them that lead on; nil for the item of a list
	key     *yaml.Node   // of the value; nil for the item of a list, and at the top
	value   *yaml.Node
	missing []string
}

// parent returns the mapping or list that has the key; nil at the top.
func (p place) parent() *yaml.Node {
	if len(p.parents) == 0 {
		return nil
	}
	return p.parents[len(p.parents)-1]
}

// find returns the place of a path. It refuses a path that runs through an alias or through something that is not a mapping.
func (l *lines) find(path string) (place, *refused) {
	at := place{value: l.root}
	keys := slices.Collect(splitPath(path))
	for i, key := range keys {
		if err := l.checkMapping(at.value); err != nil {
			return place{}, err
		}
		below, next := child(at.value, key)
		if next == nil {
			at.missing = keys[i:]
			return at, checkMissing(at.value, key)
		}
		at.parents, at.keys = append(at.parents, at.value), append(at.keys, below)
		at.key, at.value = below, next
	}
	return at, nil
}

// checkMissing refuses a key that a mapping or list does not have and that cannot be added to it.
func checkMissing(n *yaml.Node, key string) *refused {
	switch {
	case isItem(key):
		return &refused{line: n.Line, why: noItem, fix: "name an item that is there"}
	case n.Kind == yaml.SequenceNode:
		return &refused{line: n.Line, why: "its parent is a list, not a mapping", fix: byMapping}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Tag == "!!merge" {
			return &refused{line: n.Content[i].Line, why: "<< merges in keys from elsewhere",
				fix: "write them out here, or " + byHand}
		}
	}
	return nil
}

const (
	noItem    = "the list has no such item"
	byMapping = "make it a mapping by hand"
)

// checkMapping refuses anything but an empty value, or a mapping or list that no alias repeats.
func (l *lines) checkMapping(n *yaml.Node) *refused {
	switch {
	case n.Kind == yaml.ScalarNode && !isNull(n):
		return &refused{line: n.Line, why: "its parent is a single value, not a mapping", fix: byMapping}
	case n.Kind == yaml.ScalarNode, n.Kind == yaml.AliasNode:
		return checkOwn(n)
	}
	return l.checkUnrepeated(n)
}

// checkUnrepeated refuses what aliases repeat.
func (l *lines) checkUnrepeated(n *yaml.Node) *refused {
	if line := l.repeated[n]; line > 0 {
		return &refused{line: n.Line, fix: byHand,
			why: fmt.Sprintf("&%s marks it, and line %d repeats it", n.Anchor, l.origin(line))}
	}
	return nil
}

// checkOwn refuses an alias, what has an anchor or a tag, and a block of text.
func checkOwn(n *yaml.Node) *refused {
	switch {
	case n.Kind == yaml.AliasNode:
		return &refused{line: n.Line, why: "*" + n.Value + " repeats a value from elsewhere",
			fix: "write the value out here, or " + byHand}
	case n.Anchor != "":
		return &refused{line: n.Line, why: "&" + n.Anchor + " marks this value, which may be repeated elsewhere",
			fix: byHand}
	case n.Style&yaml.TaggedStyle != 0:
		return &refused{line: n.Line, why: n.Tag + " gives this value a type", fix: byHand}
	case isText(n):
		return &refused{line: n.Line, why: "its value is a block of text", fix: byHand}
	}
	return nil
}

// isNull reports whether a value is null; isNothing, whether it has no text at all.
func isNull(n *yaml.Node) bool { return n.Kind == 0 || n.Kind == yaml.ScalarNode && n.Tag == "!!null" }
func isNothing(n *yaml.Node) bool {
	return isNull(n) && n.Value == "" && n.Anchor == "" && n.Style == 0
}

// isText reports whether a value is a block of text: | or >.
func isText(n *yaml.Node) bool { return n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 }

// isFlow reports whether a mapping or list is in brackets.
func isFlow(n *yaml.Node) bool { return n.Style&yaml.FlowStyle != 0 }

// isLines reports whether a mapping or list is in lines.
func isLines(n *yaml.Node) bool {
	return (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) && !isFlow(n)
}
