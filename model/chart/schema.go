package chart

import (
	"conductor-registry/model/values"

	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Schema restates a chart's values.schema.json: Helm refuses values that break one of its rules before any template
// runs. An absent key breaks no type.
type Schema struct {
	Types    map[string][]string `yaml:"types" doc:"paths by type, such as integer or string; [] behind a list means its items"`
	Enums    map[string][]string `yaml:"enums" doc:"the words allowed at a path"`
	Required map[string][]string `yaml:"required" doc:"the keys that a mapping must have, by its path; empty is the top"`
}

// check returns the rules that the values break, sorted, in Helm's words: at '/a/b': got number, want string.
func (s Schema) check(tree map[string]any) []string {
	var out []string
	for want, paths := range s.Types {
		for _, path := range paths {
			visit(tree, path, "", func(pointer string, value any) {
				if got := typeOf(value); !accepts(want, got, value) {
					out = append(out, fmt.Sprintf("at '%s': got %s, want %s", pointer, got, want))
				}
			})
		}
	}
	for path, allowed := range s.Enums {
		visit(tree, path, "", func(pointer string, value any) {
			if text, ok := value.(string); ok && !slices.Contains(allowed, text) {
				out = append(out, fmt.Sprintf("at '%s': value must be one of %s", pointer, quoted(allowed)))
			}
		})
	}
	for path, keys := range s.Required {
		if missing := s.missing(tree, path, keys); missing != "" {
			out = append(out, missing)
		}
	}
	slices.Sort(out)
	return out
}

func (s Schema) missing(tree map[string]any, path string, keys []string) string {
	mapping, pointer := tree, ""
	if path != "" {
		node, _ := values.Find(tree, path)
		below, ok := node.(map[string]any)
		if !ok {
			return "" // absent, or of the wrong type, which is reported for the type
		}
		mapping, pointer = below, "/"+strings.ReplaceAll(path, ".", "/")
	}
	missing := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { _, ok := mapping[key]; return ok })
	switch len(missing) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("at '%s': missing property %s", pointer, quoted(missing))
	}
	return fmt.Sprintf("at '%s': missing properties %s", pointer, quoted(missing))
}

// visit calls report with each value that path leads to, and its JSON pointer.
func visit(node any, path, pointer string, report func(pointer string, value any)) {
	for path != "" {
		key, rest, _ := strings.Cut(path, ".")
		name, isList := strings.CutSuffix(key, "[]")
		mapping, ok := node.(map[string]any)
		if !ok {
			return
		}
		if node, ok = mapping[name]; !ok {
			return
		}
		pointer, path = pointer+"/"+name, rest
		if !isList {
			continue
		}
		items, _ := node.([]any)
		for i, item := range items {
			visit(item, rest, pointer+"/"+strconv.Itoa(i), report)
		}
		return
	}
	report(pointer, node)
}

// typeOf returns the JSON type of a value, in JSON Schema's words.
func typeOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case map[string]any:
		return "object"
	case []any:
		return "array"
	}
	return "number"
}

func accepts(want, got string, value any) bool {
	for option := range strings.SplitSeq(want, " or ") {
		if option == got || option == "integer" && got == "number" && whole(value) {
			return true
		}
	}
	return false
}

// whole reports whether a number has no fraction: JSON Schema takes it for an integer, however it is written.
func whole(value any) bool {
	switch n := value.(type) {
	case float64:
		return n == math.Trunc(n)
	case json.Number:
		f, err := n.Float64()
		return err == nil && f == math.Trunc(f)
	}
	return true
}

func quoted(words []string) string {
	return "'" + strings.Join(words, "', '") + "'"
}
