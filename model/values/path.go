package values

import (
	"iter"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// splitPath yields the keys of a dotted path such as server.image.tag. The item of a list, as in a[0].b, is the key [0].
func splitPath(path string) iter.Seq[string] {
	return strings.SplitSeq(strings.ReplaceAll(path, "[", ".["), ".")
}

// CutKey cuts the last key off a dotted path; mapping is "" for a key at the top.
func CutKey(path string) (mapping, key string) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(0, i)], path[i+1:]
}

func isItem(key string) bool { return strings.HasPrefix(key, "[") }

// itemIndex returns the number in [0], or in 0, which a list takes too; -1 for other keys.
func itemIndex(key string) int {
	i, err := strconv.Atoi(strings.Trim(key, "[]"))
	if err != nil {
		return -1
	}
	return i
}

// Find returns the value at a dotted path such as global.image.tag, and whether there is one: a null counts as one.
// Items of lists are a[0] or a.0.
func Find(tree map[string]any, path string) (value any, ok bool) {
	value = tree
	for key := range splitPath(path) {
		switch node := value.(type) {
		case map[string]any:
			if value, ok = node[key]; !ok {
				return nil, false
			}
		case []any:
			i := itemIndex(key)
			if i < 0 || i >= len(node) {
				return nil, false
			}
			value = node[i]
		default:
			return nil, false
		}
	}
	return value, true
}

// Set puts a value at a dotted path of keys. It creates the mappings on the way, in place of other values.
func Set(tree map[string]any, path string, value any) {
	for {
		key, rest, deeper := strings.Cut(path, ".")
		if !deeper {
			tree[key] = value
			return
		}
		below, ok := tree[key].(map[string]any)
		if !ok {
			below = map[string]any{}
			tree[key] = below
		}
		tree, path = below, rest
	}
}

// child returns the key node and the value node at a key of a mapping, or the item of a list without a key node; nil
// where there is none. Of a key that is there twice the last one counts, as in Helm.
func child(n *yaml.Node, key string) (keyNode, value *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := len(n.Content) - 2; i >= 0; i -= 2 {
			if isKey(n.Content[i], key) {
				return n.Content[i], n.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i := itemIndex(key); i >= 0 && i < len(n.Content) {
			return nil, n.Content[i]
		}
	}
	return nil, nil
}

// maxMerges bounds chains of <<, which may be circular.
const maxMerges = 20

// lineOf returns the line of the key at a dotted path below a node, aliases and << followed; 0 when there is none.
func lineOf(n *yaml.Node, path string) int {
	key, value := followPath(n, path)
	switch {
	case path == "" || value == nil:
		return 0
	case key != nil:
		return key.Line
	}
	return value.Line
}

// followPath returns what follow does for a dotted path; the node itself for "".
func followPath(n *yaml.Node, path string) (key, value *yaml.Node) {
	if path == "" {
		return nil, n
	}
	for step := range splitPath(path) {
		if n == nil {
			return nil, nil
		}
		key, n = follow(n, step, 0)
	}
	return key, n
}

// follow returns what child does, with aliases and << followed.
func follow(n *yaml.Node, key string, merges int) (keyNode, value *yaml.Node) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	keyNode, value = child(n, key)
	if value != nil || n.Kind != yaml.MappingNode || merges == maxMerges {
		return keyNode, value
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Tag != "!!merge" {
			continue
		}
		mappings := []*yaml.Node{n.Content[i+1]}
		if mappings[0].Kind == yaml.SequenceNode {
			mappings = mappings[0].Content
		}
		for _, mapping := range mappings {
			if keyNode, value = follow(mapping, key, merges+1); value != nil {
				return keyNode, value
			}
		}
	}
	return nil, nil
}
