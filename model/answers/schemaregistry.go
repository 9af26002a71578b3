package answers

import "conductor-registry/model/registry"

// registry returns the schema of a provider and its fields. Without a provider the fields override those of a registry
// that has one, so those of any provider are valid.
func (s schema) registry() object {
	var ids []any
	anyField := object{{"provider", true}}
	var each []any
	for _, p := range s.presets {
		ids = append(ids, p.ID)
		for _, f := range p.Fields {
			if !anyField.has(f.ID) {
				anyField = append(anyField, member{f.ID, object{{"type", []string{"string", "number"}}}})
			}
		}
		is := object{{"properties", object{{"provider", object{{"const", p.ID}}}}}, {"required", []string{"provider"}}}
		each = append(each, object{{"if", is}, {"then", object{{"$ref", "#/$defs/" + definition(p)}}}})
	}
	each = append(each, object{
		{"if", object{{"not", object{{"required", []string{"provider"}}}}}},
		{"then", object{{"properties", anyField}, {"additionalProperties", false}}},
	})
	return object{
		{"description", "registry that holds the images: a provider and its fields"},
		{"type", []string{"object", "null"}},
		{"properties", object{{"provider", object{{"enum", ids}}}}},
		{"allOf", each},
	}
}

// provider returns the schema of one provider and its fields.
func (s schema) provider(p *registry.Preset) object {
	fields := object{{"provider", object{{"const", p.ID}}}}
	for _, f := range p.Fields {
		fields = append(fields, member{f.ID, field(f)})
	}
	return object{{"title", p.Title}, {"description", p.Summary}, {"properties", fields}, {"additionalProperties", false}}
}

func field(f registry.Field) object {
	out := describe(f.Label, f.Help, f.Example)
	if f.Default != "" {
		out = append(out, member{"default", f.Default})
	}
	if len(f.Choices) > 0 {
		var values []any
		for _, c := range f.Choices {
			values = append(values, c.Value)
		}
		return append(out, member{"enum", values})
	}
	out = append(out, member{"type", []string{"string", "number"}})
	pattern := f.Pattern.String()
	switch {
	case pattern == "":
		return out
	case !f.Required || f.Unless != "": // an empty text counts as unanswered
		pattern = "^$|" + pattern
	}
	return append(out, member{"pattern", pattern})
}
