package lint

import (
	"strconv"
	"strings"
)

// lookup is the value at a dotted path, whose items of lists are a[0] or a.0, and whether there is one.
func lookup(tree any, path string) (any, bool) {
	path = strings.ReplaceAll(strings.ReplaceAll(path, "[", "."), "]", "")
	for key := range strings.SplitSeq(path, ".") {
		switch node := tree.(type) {
		case map[string]any:
			below, ok := node[key]
			if !ok {
				return nil, false
			}
			tree = below
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(node) {
				return nil, false
			}
			tree = node[i]
		default:
			return nil, false
		}
	}
	return tree, true
}
