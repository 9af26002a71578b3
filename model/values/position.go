package values

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// lineOf is the line of the key at a dotted path below a node; 0 when there is none. List items are a[0] or a.0. Of a
// key that is written twice the last one counts, as in Helm.
func lineOf(node *yaml.Node, path string) int {
	line := 0
	for key := range strings.SplitSeq(dotted(path), ".") {
		if line, node = child(node, key, 0); node == nil {
			return 0
		}
	}
	return line
}

// dotted is a path whose items of lists, a[0], are keys too: a.0.
func dotted(path string) string {
	return strings.ReplaceAll(strings.ReplaceAll(path, "[", "."), "]", "")
}

// maxMerges bounds chains of <<, which may be circular.
const maxMerges = 20

func child(node *yaml.Node, key string, merges int) (int, *yaml.Node) {
	if node != nil && node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node == nil || merges > maxMerges {
		return 0, nil
	}
	if node.Kind == yaml.SequenceNode {
		if i, err := strconv.Atoi(key); err == nil && 0 <= i && i < len(node.Content) {
			return node.Content[i].Line, node.Content[i]
		}
		return 0, nil
	}
	if node.Kind != yaml.MappingNode {
		return 0, nil
	}
	for i := len(node.Content) - 2; i >= 0; i -= 2 {
		if node.Content[i].Value == key {
			return node.Content[i].Line, node.Content[i+1]
		}
	}
	return merged(node, key, merges+1)
}

// merged looks for a key in what << brings in.
func merged(node *yaml.Node, key string, merges int) (int, *yaml.Node) {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value != "<<" {
			continue
		}
		tables := []*yaml.Node{node.Content[i+1]}
		if tables[0].Kind == yaml.SequenceNode {
			tables = tables[0].Content
		}
		for _, table := range tables {
			if line, found := child(table, key, merges); found != nil {
				return line, found
			}
		}
	}
	return 0, nil
}

// Find returns the value at a dotted path, and whether there is one. A null counts as one.
func Find(tree map[string]any, path string) (any, bool) {
	var node any = tree
	for key := range strings.SplitSeq(path, ".") {
		table, ok := node.(map[string]any)
		if !ok {
			return nil, false
		}
		if node, ok = table[key]; !ok {
			return nil, false
		}
	}
	return node, true
}
