package chart

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// noValue is the text that text/template prints for nil. Helm strips it from the finished manifest, but a template that
// tests the printed text sees it: nil is not empty there.
const noValue = "<no value>"

// printed returns value as text/template prints it: numbers of a file are float64, so a million is 1e+06.
func printed(value any) string {
	if value == nil {
		return noValue
	}
	return fmt.Sprint(value)
}

// empty reports whether the template function default takes value for empty: nil, "", 0, false, and lists and maps
// without entries.
func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return reflect.ValueOf(value).IsZero()
}

// deref returns the value at a dotted path as a template reads it: a missing key is nil, a key of something that is not a
// mapping is an error in the words of text/template.
func deref(tree map[string]any, path string) (any, error) {
	var node any = tree
	for key := range strings.SplitSeq(path, ".") {
		switch mapping := node.(type) {
		case map[string]any:
			node = mapping[key]
		case nil:
			return nil, errors.New("<.Values." + path + ">: nil pointer evaluating interface {}." + key)
		default:
			return nil, errors.New("<.Values." + path + ">: can't evaluate field " + key + " in type interface {}")
		}
	}
	return node, nil
}

// wantText returns the error of a template function that is given something other than text.
func wantText(path string, value any) error {
	return fmt.Errorf("<.Values.%s>: wrong type for value; expected string; got %T", path, value)
}
