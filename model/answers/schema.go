package answers

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/registry"
)

// Schema returns the JSON Schema (draft 2020-12) of the answers file, for editors: the same bytes for the same catalog.
// It does not say what is required, since environments and flags may add it; Check does. The error names a preset that
// cannot be read.
func Schema(c *Catalog) ([]byte, error) {
	presets, err := c.Registries.All()
	if err != nil {
		return nil, err
	}
	s := schema{catalog: c, presets: presets}
	root := s.layer(func(l scope) bool { return l.common })
	root["version"] = object{"description": "version of the file format", "enum": []any{json.Number(Version), Version}}
	root[environmentsKey] = s.environments()
	var out bytes.Buffer
	err = model.WriteJSON(&out, object{
		"$schema":              "https://json-schema.org/draft/2020-12/schema",
		"$id":                  model.SchemaID("answers"),
		"title":                "Answers of conductor-registry",
		"description":          "Answers: conductor-registry generate --answers FILE writes the files that follow from them.",
		"type":                 "object",
		"properties":           root,
		"additionalProperties": false,
		"allOf":                s.charts(),
		"$defs":                s.definitions(),
	})
	return out.Bytes(), err
}

// object is a JSON object.
type object map[string]any

// schema is one run of Schema.
type schema struct {
	catalog *Catalog
	presets []*registry.Preset
}

// layer returns the keys of one environment, or of all: questions and components.
func (s schema) layer(has func(scope) bool) object {
	components := object{}
	for _, name := range s.components() {
		components[name] = section("settings of the image of "+name,
			s.keys(name, func(l scope) bool { return l.component }))
	}
	out := s.keys("", has)
	out[componentsKey] = section("settings of single images", components)
	return out
}

// keys returns the keys of the questions that has selects, nested as in the file.
func (s schema) keys(component string, has func(scope) bool) object {
	out, sections := object{}, map[string]object{}
	for _, q := range questions() {
		table, key, nested := strings.Cut(q.leaf, ".")
		schema := s.question(Path{Component: component, Leaf: q.leaf}.String())
		switch {
		case !has(q.scope) || q.leaf == environmentsKey:
		case q.leaf == ProviderLeaf: // and the provider's fields
			out[table] = object{"$ref": "#/$defs/registry"}
		case !nested:
			out[q.leaf] = schema
		default:
			if sections[table] == nil {
				sections[table] = object{}
				out[table] = section("", sections[table])
			}
			sections[table][key] = schema
		}
	}
	return out
}

// question returns the schema of one answer, whatever the chart.
func (s schema) question(path string) object {
	f, _ := s.catalog.Field(New(), path) // a leaf always is one
	out := describe(f.Label, f.Help, f.Example)
	switch values := s.values(path, ""); {
	case path == "chart":
		out["enum"] = s.chartNames()
	case len(values) > 0:
		out["enum"] = values
	default:
		out["type"] = []string{"string", "number"}
	}
	return out
}

// values returns the choices with a chart, or with any where chart is ""; none where any text is valid.
func (s schema) values(path, chart string) []any {
	var out []any
	for _, p := range s.catalog.Charts.All() {
		if chart != "" && chart != p.ID {
			continue
		}
		here := New()
		here.Set("chart", p.ID)
		f, _ := s.catalog.Field(here, path)
		for _, c := range f.Choices {
			if (c.Missing == "" || c.Instead != "") && !slices.Contains(out, any(c.Value)) {
				out = append(out, c.Value)
			}
		}
	}
	return out
}

// components returns the names of the components of all charts.
func (s schema) components() []string {
	var out []string
	for _, p := range s.catalog.Charts.All() {
		out = model.AddNew(out, p.ComponentNames()...)
	}
	return out
}

func (s schema) environments() object {
	return object{
		"description":          "one set of files for each; a key here overrides the one above",
		"type":                 []string{"object", "null"},
		"propertyNames":        object{"pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "maxLength": 32},
		"additionalProperties": object{"$ref": "#/$defs/environment"},
	}
}

func (s schema) definitions() object {
	out := object{
		"environment": section("", s.layer(func(l scope) bool { return l.common && l.environment })),
		"registry":    s.registry(),
	}
	for _, p := range s.presets {
		out[definition(p)] = s.provider(p)
	}
	return out
}

// section returns the schema of keys below a key, which may be empty.
func section(description string, properties object) object {
	out := object{"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false}
	if description != "" {
		out["description"] = description
	}
	return out
}

// describe returns what editors show for a key.
func describe(label, help, example string) object {
	text := label
	if label != "" && help != "" {
		text += ": "
	}
	out := object{"description": text + help}
	if example != "" {
		out["examples"] = []string{example}
	}
	return out
}
