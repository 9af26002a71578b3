package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// maxShapeRenderings bounds what is spent on the shapes: some charts have hundreds of empty mappings.
const maxShapeRenderings = 30

// findShapes finds the keys that must be a mapping or a list, since a template ranges over them or prints them as YAML:
// helm refuses a text there. Tried are those of the chart's values that are empty, or that look free-form.
func (n *inspection) findShapes() {
	limit := n.chart.renderings() + maxShapeRenderings
	isNamed := func(k *key, said string) bool {
		return k.isAt(said) || strings.Contains(said, k.marker) || strings.Contains(said, "<.Values."+k.path+">")
	}
	keys := freeForm(n.Chart.Values, "")
	text := n.refusalsWithin(limit, nil, keys, func(k *key) any { return k.marker }, isNamed)
	for _, k := range keys {
		n.schema.add(text[k])
	}
	keys = slices.DeleteFunc(keys, func(k *key) bool { return text[k] == "" || k.isAt(text[k]) })
	other := n.refusalsWithin(limit, nil, keys, func(k *key) any {
		if k.isList() {
			return map[string]any{k.marker: k.marker}
		}
		return []any{k.marker}
	}, isNamed)
	n.profile.Shapes = chart.Shapes{}
	for _, k := range keys {
		shape := "mapping or list"
		switch {
		case text[k] == notTried:
			n.shapesLeft = append(n.shapesLeft, k)
			continue
		case other[k] == "", other[k] == notTried:
		case k.isList():
			shape = "list"
		default:
			shape = "mapping"
		}
		n.profile.Shapes[shape] = append(n.profile.Shapes[shape], k.path)
	}
}

func (k *key) isList() bool {
	_, ok := k.initial.([]any)
	return ok
}

// freeForm returns the lists and mappings in a chart's values that hold what users choose: the empty ones, lists, and
// mappings with a name that templates cannot write as .a.b, such as JAVA_OPTS or app.kubernetes.io/name.
func freeForm(mapping map[string]any, prefix string) []*key {
	var out []*key
	for _, name := range slices.Sorted(maps.Keys(mapping)) {
		path := prefix + name
		below, isMapping := mapping[name].(map[string]any)
		_, isList := mapping[name].([]any)
		isFree := len(below) == 0
		for key := range below {
			isFree = isFree || strings.ContainsAny(key, "._/-") || strings.ToUpper(key) == key
		}
		switch {
		case strings.Contains(name, "."):
		case isList || isMapping && isFree:
			out = append(out, &key{path: path, initial: mapping[name]})
		case isMapping:
			out = append(out, freeForm(below, path+".")...)
		}
	}
	for i, k := range out {
		k.marker = fmt.Sprintf("shape%03dx", i)
	}
	return out
}
