package inspect

import (
	"maps"
	"slices"
	"strings"
)

// settings are values by path. An empty one says what is emptied.
type settings map[string]any

// and is the settings with others over them.
func (s settings) and(over settings) settings {
	out := maps.Clone(s)
	if out == nil {
		out = settings{}
	}
	maps.Copy(out, over)
	return out
}

// over lays the settings over a tree, which stays as it is. What is no table and in the way goes.
func (s settings) over(tree map[string]any) map[string]any {
	out := cloneTable(tree)
	for _, path := range slices.Sorted(maps.Keys(s)) {
		table := out
		keys := strings.Split(path, ".")
		for _, name := range keys[:len(keys)-1] {
			below, ok := table[name].(map[string]any)
			if !ok {
				below = map[string]any{}
				table[name] = below
			}
			table = below
		}
		table[keys[len(keys)-1]] = s[path]
	}
	return out
}

func cloneTable(table map[string]any) map[string]any {
	out := make(map[string]any, len(table))
	for name, value := range table {
		if below, ok := value.(map[string]any); ok {
			value = cloneTable(below)
		}
		out[name] = value
	}
	return out
}

// under fills a tree up with the defaults that it lacks. A null of the tree's stays, as nothing.
func under(tree, defaults map[string]any) map[string]any {
	out := cloneTable(defaults)
	for name, value := range tree {
		below, isTable := value.(map[string]any)
		base, wasTable := out[name].(map[string]any)
		if isTable && wasTable {
			value = under(below, base)
		}
		out[name] = value
	}
	return out
}

// lookup is the value at a dotted path; nil when there is none.
func lookup(tree map[string]any, path string) any {
	var node any = tree
	for name := range strings.SplitSeq(path, ".") {
		table, ok := node.(map[string]any)
		if !ok {
			return nil
		}
		node = table[name]
	}
	return node
}

// empty is a value of the same kind that templates take for none; ok is false for what need not be emptied.
func empty(value any) (none any, ok bool) {
	switch v := value.(type) {
	case string:
		return "", v != ""
	case []any:
		return []any{}, len(v) > 0
	}
	return nil, false
}

// only is what a tree has at these paths, with the tables that they are in.
func only(tree map[string]any, paths []string) map[string]any {
	out := settings{}
	for _, path := range paths {
		for end, r := range path + "." {
			if r != '.' {
				continue
			}
			value := lookup(tree, path[:end])
			if _, isTable := value.(map[string]any); isTable {
				value = map[string]any{}
			}
			if value != nil {
				out[path[:end]] = value
			}
		}
	}
	return out.over(nil)
}
