package model

import (
	"bytes"
	"encoding"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
)

// SchemaID returns the $id of one of the program's schemas. It is a URN: a name, not an address to fetch.
func SchemaID(name string) string { return "urn:conductor-registry:schema:" + name + ":1" }

// JSONSchema returns a JSON Schema (draft 2020-12) for the files that DecodeFile decodes into the struct type of file.
// Name is the last part of its $id.
// Beside the yaml tag, the tags of a field say more of its key: doc:"its description", enum:"allowed words" and
// required:"true".
func JSONSchema(name, title, description string, file any) ([]byte, error) {
	w := schemaWriter{definitions: map[string]any{}}
	root := w.properties(reflect.TypeOf(file))
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"], root["title"], root["description"] = SchemaID(name), title, description
	if len(w.definitions) > 0 {
		root["$defs"] = w.definitions
	}
	var out bytes.Buffer
	err := WriteJSON(&out, root)
	return out.Bytes(), err
}

// schemaWriter collects the schemas of named structs, so that each stands in the file once.
type schemaWriter struct {
	definitions map[string]any
}

// value returns the schema of a value of type t.
func (w schemaWriter) value(t reflect.Type) map[string]any {
	pointer := reflect.PointerTo(t)
	if pointer.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) ||
		pointer.Implements(reflect.TypeFor[yaml.Unmarshaler]()) {
		return map[string]any{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return w.value(t.Elem())
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": w.value(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": w.value(t.Elem())}
	case reflect.Struct:
		name := strings.ToLower(t.Name()[:1]) + t.Name()[1:]
		if _, ok := w.definitions[name]; !ok {
			w.definitions[name] = nil // a struct may hold itself
			w.definitions[name] = w.properties(t)
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	}
	return map[string]any{}
}

// properties returns the schema of a mapping with the keys of a struct type and no others.
func (w schemaWriter) properties(t reflect.Type) map[string]any {
	properties := map[string]any{}
	var required []string
	for _, f := range yamlFields(t) {
		value := w.value(f.Type)
		if doc := f.Tag.Get("doc"); doc != "" {
			value["description"] = doc
		}
		if words := strings.Fields(f.Tag.Get("enum")); len(words) > 0 {
			value["enum"] = words
		}
		if f.Tag.Get("required") == "true" {
			required = append(required, f.Key)
		}
		properties[f.Key] = value
	}
	out := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}
