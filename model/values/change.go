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
	mapping, isMapping := tree.(map[string]any)
	if !isMapping && tree != nil || isItem(keys[0]) {
		return nil, false
	}
	if mapping = maps.Clone(mapping); mapping == nil {
		mapping = map[string]any{}
	}
	old := mapping[keys[0]]
	switch last := len(keys) == 1; {
	case last && c.Remove:
		delete(mapping, keys[0])
	case last && c.Rename != "":
		delete(mapping, keys[0])
		mapping[c.Rename] = old
	case last:
		mapping[keys[0]] = value
	default:
		return changedBelow(mapping, keys, c, value)
	}
	return mapping, true
}

// changedBelow makes a change in a mapping of a mapping. One that it leaves empty is removed, or null where it is kept.
func changedBelow(mapping map[string]any, keys []string, c Change, value any) (any, bool) {
	isKept := c.kept > 0
	c.kept--
	below, ok := changed(mapping[keys[0]], keys[1:], c, value)
	if !ok {
		return nil, false
	}
	mapping[keys[0]] = below
	if left, isMapping := below.(map[string]any); c.Remove && isMapping && len(left) == 0 {
		delete(mapping, keys[0])
		if isKept {
			mapping[keys[0]] = nil
		}
	}
	return mapping, true
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
