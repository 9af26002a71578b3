package answers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

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
	version := object{{"description", "version of the file format"}, {"enum", []any{json.Number(Version), Version}}}
	properties := append(object{{"version", version}}, s.layer(func(l scope) bool { return l.common })...)
	root := object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", "Answers of conductor-registry"},
		{"description", "Answers: conductor-registry generate --answers FILE writes the files that follow from them."},
		{"type", "object"},
		{"properties", append(properties, member{environmentsKey, s.environments()})},
		{"additionalProperties", false},
		{"allOf", s.charts()},
		{"$defs", s.definitions()},
	}
	return root.bytes()
}

// schema is one run of Schema.
type schema struct {
	catalog *Catalog
	presets []*registry.Preset
}

// layer returns the keys of one environment, or of all: questions and components.
func (s schema) layer(has func(scope) bool) object {
	out := s.questions("", has)
	components := object{}
	for _, name := range s.components() {
		components = append(components, member{name, section("settings of the image of "+name,
			s.questions(name, func(l scope) bool { return l.component }))})
	}
	return append(out, member{componentsKey, section("settings of single images", components)})
}

// questions returns the keys of the questions that has selects, nested as in the file.
func (s schema) questions(component string, has func(scope) bool) object {
	out := object{}
	for _, q := range questions() {
		table, key, nested := strings.Cut(q.leaf, ".")
		path := Path{Component: component, Leaf: q.leaf}.String()
		switch {
		case !has(q.scope) || q.leaf == environmentsKey:
		case q.leaf == providerLeaf: // and the provider's fields
			out = append(out, member{table, object{{"$ref", "#/$defs/registry"}}})
		case !nested:
			out = append(out, member{q.leaf, s.question(path)})
		default:
			out = out.below(table, member{key, s.question(path)})
		}
	}
	return out
}

// question returns the schema of one answer, whatever the chart.
func (s schema) question(path string) object {
	f, _ := s.catalog.Field(New(), path) // a leaf always is one
	out := describe(f.Label, f.Help, f.Example)
	values := s.values(path, "")
	switch {
	case len(values) == 0:
		return append(out, member{"type", []string{"string", "number"}})
	case path == "chart":
		values = s.chartNames()
	}
	return append(out, member{"enum", values})
}

// values returns the choices with a chart, or with any where chart is ""; none where any text is valid.
func (s schema) values(path, chart string) []any {
	var out []any
	for _, p := range s.catalog.Charts {
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
	for _, p := range s.catalog.Charts {
		for _, name := range componentNames(p) {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

func (s schema) environments() object {
	return object{
		{"description", "one set of files for each; a key here overrides the one above"},
		{"type", []string{"object", "null"}},
		{"propertyNames", object{{"pattern", "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"}, {"maxLength", 32}}},
		{"additionalProperties", object{{"$ref", "#/$defs/environment"}}},
	}
}

func (s schema) definitions() object {
	out := object{
		{"environment", section("", s.layer(func(l scope) bool { return l.common && l.environment }))},
		{"registry", s.registry()},
	}
	for _, p := range s.presets {
		out = append(out, member{definition(p), s.provider(p)})
	}
	return out
}

// section returns the schema of keys below a key, which may be empty.
func section(description string, properties object) object {
	out := object{{"type", []string{"object", "null"}}, {"properties", properties}, {"additionalProperties", false}}
	if description == "" {
		return out
	}
	return append(object{{"description", description}}, out...)
}

// describe returns what editors show for a key.
func describe(label, help, example string) object {
	text := label
	if label != "" && help != "" {
		text += ": "
	}
	out := object{{"description", text + help}}
	if example != "" {
		out = append(out, member{"examples", []string{example}})
	}
	return out
}

func definition(p *registry.Preset) string { return fmt.Sprintf("registry-%s", p.ID) }
