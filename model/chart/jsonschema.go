package chart

import (
	"encoding/json"
	"slices"
	"strings"
)

// jsonSchema holds the keywords of JSON Schema that the charts' values.schema.json use.
type jsonSchema struct {
	Type       any                    `json:"type"` // a word, or a list of them
	Enum       []any                  `json:"enum"`
	Required   []string               `json:"required"`
	Properties map[string]*jsonSchema `json:"properties"`
	Items      *jsonSchema            `json:"items"`
}

// parseSchema returns the types, words and required keys of a values.schema.json; nothing for an empty file.
func parseSchema(data []byte) (Schema, error) {
	out := Schema{Types: map[string][]string{}, Enums: map[string][]string{}, Required: map[string][]string{}}
	if len(data) == 0 {
		return out, nil
	}
	var root jsonSchema
	if err := json.Unmarshal(data, &root); err != nil {
		return Schema{}, err
	}
	out.add(&root, "")
	return out, nil
}

// add adds the rules for the value at a path.
func (s Schema) add(n *jsonSchema, path string) {
	if n == nil {
		return
	}
	if types := n.types(); types != "" && path != "" {
		s.Types[types] = append(s.Types[types], path)
	}
	for _, word := range n.Enum {
		if text, ok := word.(string); ok {
			s.Enums[path] = append(s.Enums[path], text)
		}
	}
	if len(n.Required) > 0 {
		s.Required[path] = n.Required
	}
	for key, below := range n.Properties {
		s.add(below, strings.TrimPrefix(path+"."+key, "."))
	}
	s.add(n.Items, path+"[]")
}

// types returns the types that a value may have: "null or string".
func (n *jsonSchema) types() string {
	switch types := n.Type.(type) {
	case string:
		return types
	case []any:
		var words []string
		for _, word := range types {
			if text, ok := word.(string); ok {
				words = append(words, text)
			}
		}
		slices.Sort(words)
		return strings.Join(words, " or ")
	}
	return ""
}
