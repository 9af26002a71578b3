// Package schema says what an answers file may hold as a JSON Schema (draft 2020-12), for editors. It takes all of it
// from the one list of questions, so it has no question of its own. What is missing it does not say: environments and
// flags may give it. It is for the eye while writing; generate has the last word.
package answers

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/registry"
)

// Schema is the schema of the answers file, the same bytes for the same catalog. The error says that a preset can't be
// read.
func Schema(c *Catalog) ([]byte, error) {
	presets, err := c.Registries.All()
	if err != nil {
		return nil, err
	}
	s := schema{catalog: c, presets: presets}
	root := object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", "Answers of conductor-registry"},
		{"description", "What was answered: conductor-registry generate --answers FILE makes the files from it."},
		{"type", "object"},
		{"properties", append(object{{"version", object{
			{"description", "the version of this file's form"}, {"enum", []any{number(Version), Version}}}}},
			append(s.layer(func(l Leaf) bool { return l.Common && l.Name != environments }),
				member{environments, s.environments()})...)},
		{"additionalProperties", false},
		{"allOf", s.charts()},
		{"$defs", s.definitions()},
	}
	return root.bytes()
}

const environments = "environments"

// schema is one run of Answers.
type schema struct {
	catalog *Catalog
	presets []*registry.Preset
}

// layer is what one environment, or all, may have: questions and components.
func (s schema) layer(has func(Leaf) bool) object {
	out := s.questions("", has)
	components := object{}
	for _, name := range s.components() {
		components = append(components, member{name, section("what is said of the image of "+name,
			s.questions("components."+name+".", func(l Leaf) bool { return l.Component }))})
	}
	return append(out, member{"components", section("what differs between the images", components)})
}

// questions are the keys of those leaves, nested as in the file.
func (s schema) questions(prefix string, has func(Leaf) bool) object {
	out := object{}
	for _, l := range Leaves() {
		table, key, nested := strings.Cut(l.Name, ".")
		switch {
		case !has(l):
		case l.Name == "registry.provider": // and the provider's fields
			out = append(out, member{table, object{{"$ref", "#/$defs/registry"}}})
		case !nested:
			out = append(out, member{l.Name, s.question(prefix + l.Name)})
		default:
			out = out.below(table, member{key, s.question(prefix + l.Name)})
		}
	}
	return out
}

// question is the schema of one answer, whatever the chart.
func (s schema) question(path string) object {
	f, _ := s.catalog.Field(New(), path) // a leaf always is one
	out := describe(f.Label, f.Help, f.Example)
	values := s.values(path, "")
	switch {
	case len(values) == 0:
		return append(out, member{"type", []string{"string", "number"}})
	case path == "chart":
		values = s.charted()
	}
	return append(out, member{"enum", values})
}

// values are the answers to choose from with a chart, "" is with any; none where any text will do.
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
			if (c.Missing == "" || c.StandIn != "") && !slices.Contains(out, any(c.Value)) {
				out = append(out, c.Value)
			}
		}
	}
	return out
}

// components are the names of what any chart runs.
func (s schema) components() []string {
	var out []string
	for _, p := range s.catalog.Charts {
		for _, c := range p.Components {
			if !slices.Contains(out, c.Name) {
				out = append(out, c.Name)
			}
		}
	}
	return out
}

func (s schema) environments() object {
	return object{
		{"description", "a set of files for each; a key here replaces the one above"},
		{"type", []string{"object", "null"}},
		{"propertyNames", object{{"pattern", "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"}, {"maxLength", 32}}},
		{"additionalProperties", object{{"$ref", "#/$defs/environment"}}},
	}
}

func (s schema) definitions() object {
	out := object{
		{"environment", section("", s.layer(func(l Leaf) bool { return l.Common && l.Environment }))},
		{"registry", s.registry()},
	}
	for _, p := range s.presets {
		out = append(out, member{definition(p), s.provider(p)})
	}
	return out
}

// section is a table of keys, which may be left empty.
func section(description string, properties object) object {
	out := object{{"type", []string{"object", "null"}}, {"properties", properties}, {"additionalProperties", false}}
	if description == "" {
		return out
	}
	return append(object{{"description", description}}, out...)
}

// describe is what editors show of a key.
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
