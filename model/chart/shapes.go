package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Shapes are the types of what a chart's templates range over or print as YAML: the paths by type. A type is mapping,
// list, or "mapping or list", and says of what where that matters: "mapping of text", "mapping or list of mapping", or
// "mapping of scalars" for annotations, since Helm reads numbers as text. A value of another type that is not empty fails
// in the template, or when Helm reads what it printed. With "null or" before them, other empty values fail too: the
// template ranges over the value whatever it is.
type Shapes map[string][]string

// check returns the refusal for the first value of another type, in the order of the alphabet; nil when there is none.
func (s Shapes) check(tree map[string]any) *Refusal {
	var wrong []string
	for want, paths := range s {
		for _, path := range paths {
			visit(tree, path, "", func(pointer string, value any) {
				types, isRanged := strings.CutPrefix(want, "null or ")
				isEmpty := value == nil || !isRanged && empty(value)
				if !isEmpty && !hasShape(value, types) {
					at := strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", ".")
					wrong = append(wrong, fmt.Sprintf("<.Values.%s>: the template needs a %s, not this %s", at, types, shapeOf(value)))
				}
			})
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return &Refusal{Kind: "template", Message: wrong[0]}
}

func hasShape(value any, want string) bool {
	outer, item, _ := strings.Cut(want, " of ")
	if !slices.Contains(strings.Split(outer, " or "), shapeOf(value)) {
		return false
	}
	isItem := func(v any) bool {
		shape := shapeOf(v)
		return item == "" || shape == item || item == "scalars" && shape != "mapping" && shape != "list"
	}
	switch value := value.(type) {
	case map[string]any:
		for _, v := range value {
			if !isItem(v) {
				return false
			}
		}
	case []any:
		return !slices.ContainsFunc(value, func(v any) bool { return !isItem(v) })
	}
	return true
}

// shapeOf returns the type of a value in YAML's words.
func shapeOf(value any) string {
	name := typeOf(value)
	return cmp.Or(map[string]string{"object": "mapping", "array": "list", "string": "text"}[name], name)
}
