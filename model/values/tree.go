package values

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

// keysOf are the keys of a path; items of lists are "[0".
func keysOf(path string) []string {
	return strings.Split(strings.ReplaceAll(path, "[", ".["), ".")
}

// parentOf is a path without its last key, ending in a dot; "" at the top.
func parentOf(path string) string { return path[:strings.LastIndexByte(path, '.')+1] }

func isItem(key string) bool { return strings.HasPrefix(key, "[") }

// indexOf is the number in "[0]"; -1 when it is none.
func indexOf(key string) int {
	i, err := strconv.Atoi(strings.Trim(key, "[]"))
	if err != nil {
		return -1
	}
	return i
}

// decode is a value as Helm reads it.
func decode(value string) (out any, err error) {
	err = yaml.Unmarshal([]byte(value), &out)
	return out, err
}

// absent is what is where nothing is; null is another thing.
type absent struct{}

// at is the value at a path of a tree.
func at(tree any, keys []string) any {
	for _, key := range keys {
		switch t := tree.(type) {
		case map[string]any:
			value, has := t[key]
			if !has {
				return absent{}
			}
			tree = value
		case []any:
			i := indexOf(key)
			if !isItem(key) || i < 0 || i >= len(t) {
				return absent{}
			}
			tree = t[i]
		default:
			return absent{}
		}
	}
	return tree
}

// same compares trees.
func same(a, b any) bool { return reflect.DeepEqual(a, b) }

// settled tells whether a tree has a change already.
func settled(tree any, c Change, value any) bool {
	keys := keysOf(c.Path)
	now := at(tree, keys)
	switch {
	case c.Remove:
		return now == any(absent{})
	case c.Rename != "":
		return now == any(absent{}) && at(tree, append(keys[:len(keys)-1], c.Rename)) != any(absent{})
	}
	return same(now, value)
}

// changed is a tree with a change made; ok is false when it can't be. The tree given stays as it is.
func changed(tree any, keys []string, c Change, value any) (out any, ok bool) {
	if isItem(keys[0]) {
		return changedItem(tree, indexOf(keys[0]), keys, c, value)
	}
	table, isTable := tree.(map[string]any)
	if !isTable && tree != nil {
		return nil, false
	}
	if table = maps.Clone(table); table == nil {
		table = map[string]any{}
	}
	old := table[keys[0]]
	switch last := len(keys) == 1; {
	case last && c.Remove:
		delete(table, keys[0])
	case last && c.Rename != "":
		delete(table, keys[0])
		table[c.Rename] = old
	case last:
		table[keys[0]] = value
	default:
		below, ok := changed(old, keys[1:], c, value)
		if !ok {
			return nil, false
		}
		table[keys[0]] = below
		if left, isTable := below.(map[string]any); c.Remove && isTable && len(left) == 0 {
			delete(table, keys[0])
		}
	}
	return table, true
}

func changedItem(tree any, i int, keys []string, c Change, value any) (any, bool) {
	list, isList := tree.([]any)
	if !isList || i < 0 || i >= len(list) {
		return nil, false
	}
	list = slices.Clone(list)
	if len(keys) == 1 {
		list[i] = value
		return list, !c.Remove && c.Rename == ""
	}
	below, ok := changed(list[i], keys[1:], c, value)
	list[i] = below
	return list, ok
}
