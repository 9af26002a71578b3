package values

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// decodeValue returns a new value as Helm reads it.
func decodeValue(value string) (out any, err error) {
	err = yaml.Unmarshal([]byte(value), &out)
	return out, err
}

func same(a, b any) bool { return reflect.DeepEqual(a, b) }

// renamed returns the path that a change renames its key to.
func renamed(c Change) string {
	_, key := CutKey(c.Path)
	return strings.TrimSuffix(c.Path, key) + c.Rename
}

// isDone reports whether a tree has a change already.
func isDone(tree map[string]any, c Change, value any) bool {
	now, has := Find(tree, c.Path)
	switch {
	case c.Remove:
		return !has
	case c.Rename != "":
		_, hasNew := Find(tree, renamed(c))
		return !has && hasNew
	}
	return has && same(now, value)
}

// changed returns a tree with a change made; ok is false when it cannot be. It leaves the tree given as it is.
func changed(tree any, keys []string, c Change, value any) (out any, ok bool) {
	if list, isList := tree.([]any); isList {
		return changedItem(list, keys, c, value)
	}
	table, isTable := tree.(map[string]any)
	if !isTable && tree != nil || isItem(keys[0]) {
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
		return changedBelow(table, keys, c, value)
	}
	return table, true
}

// changedBelow makes a change in a table of a table. One that it leaves empty is removed, or null where it is kept.
func changedBelow(table map[string]any, keys []string, c Change, value any) (any, bool) {
	isKept := c.kept > 0
	c.kept--
	below, ok := changed(table[keys[0]], keys[1:], c, value)
	if !ok {
		return nil, false
	}
	table[keys[0]] = below
	if left, isTable := below.(map[string]any); c.Remove && isTable && len(left) == 0 {
		delete(table, keys[0])
		if isKept {
			table[keys[0]] = nil
		}
	}
	return table, true
}

func changedItem(list []any, keys []string, c Change, value any) (any, bool) {
	i := itemIndex(keys[0])
	if i < 0 || i >= len(list) {
		return nil, false
	}
	list = slices.Clone(list)
	if len(keys) == 1 {
		list[i] = value
		return list, !c.Remove && c.Rename == ""
	}
	c.kept--
	below, ok := changed(list[i], keys[1:], c, value)
	list[i] = below
	return list, ok
}
