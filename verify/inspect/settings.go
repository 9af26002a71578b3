package inspect

import (
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/values"
)

// settings are values by dotted path.
type settings map[string]any

// set returns a value for each key.
func set(keys []*key, value func(*key) any) settings {
	out := settings{}
	for _, k := range keys {
		out[k.path] = value(k)
	}
	return out
}

func value(k *key) any { return k.value }

// and returns the settings with others on top.
func (s settings) and(over settings) settings {
	out := settings{}
	maps.Copy(out, s)
	maps.Copy(out, over)
	return out
}

// over returns the tree with the settings on top, and leaves the tree as it is. A value that is in the way of a path is
// replaced.
func (s settings) over(tree map[string]any) map[string]any {
	own := map[string]any{}
	for _, path := range slices.Sorted(maps.Keys(s)) {
		values.Set(own, path, s[path])
	}
	return values.Overlay(tree, own)
}

// lookup returns the value at a dotted path, or nil.
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

// valuesAt returns the values that a tree has at these paths, and the mappings that they are in.
func valuesAt(tree map[string]any, paths []string) map[string]any {
	out := settings{}
	for _, path := range paths {
		for i, c := range path + "." {
			if c != '.' {
				continue
			}
			value := lookup(tree, path[:i])
			if _, isMapping := value.(map[string]any); isMapping {
				value = map[string]any{}
			}
			if value != nil {
				out[path[:i]] = value
			}
		}
	}
	return out.over(nil)
}

// sorted returns the paths that are not empty, each once.
func sorted(paths []string) []string {
	paths = slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return path == "" })
	slices.Sort(paths)
	return slices.Compact(paths)
}

func lastName(path string) string { return path[strings.LastIndex(path, ".")+1:] }
