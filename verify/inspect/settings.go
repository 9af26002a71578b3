package inspect

import (
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/values"
)

// settings are values by dotted path.
type settings map[string]any

// and returns the settings with others on top.
func (s settings) and(over settings) settings {
	out := settings{}
	maps.Copy(out, s)
	maps.Copy(out, over)
	return out
}

// over returns the tree with the settings on top; the tree stays as it is. A value that is in the way of a path goes.
func (s settings) over(tree map[string]any) map[string]any {
	out := cloneTables(tree)
	for _, path := range slices.Sorted(maps.Keys(s)) {
		values.Set(out, path, s[path])
	}
	return out
}

func cloneTables(table map[string]any) map[string]any {
	out := make(map[string]any, len(table))
	for name, value := range table {
		if below, ok := value.(map[string]any); ok {
			value = cloneTables(below)
		}
		out[name] = value
	}
	return out
}

// lookup returns the value at a dotted path; nil when there is none.
func lookup(tree map[string]any, path string) any {
	value, _ := values.Find(tree, path)
	return value
}

// emptied returns the empty value of the same type, and whether there is something to empty.
func emptied(value any) (none any, ok bool) {
	switch v := value.(type) {
	case string:
		return "", v != ""
	case []any:
		return []any{}, len(v) > 0
	}
	return nil, false
}

// only returns what a tree has at these paths, and the tables that they are in.
func only(tree map[string]any, paths []string) map[string]any {
	out := settings{}
	for _, path := range paths {
		names := strings.Split(path, ".")
		for i := range names {
			at := strings.Join(names[:i+1], ".")
			value := lookup(tree, at)
			if _, isTable := value.(map[string]any); isTable {
				value = map[string]any{}
			}
			if value != nil {
				out[at] = value
			}
		}
	}
	return out.over(nil)
}

// sorted returns the paths, each once and none empty.
func sorted(paths []string) []string {
	paths = slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return path == "" })
	slices.Sort(paths)
	return slices.Compact(paths)
}
