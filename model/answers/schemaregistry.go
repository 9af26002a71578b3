package answers

import (
	"conductor-registry/model"
	"conductor-registry/model/registry"
)

// registry returns the schema of a provider and its fields. Without a provider the fields override those of a registry
// that has one, so those of any provider are valid.
func (s schema) registry() object {
	var ids, conditions []any
	anyField := object{"provider": true}
	for _, p := range s.presets {
		ids = append(ids, p.ID)
		for _, f := range p.Fields {
			anyField[f.ID] = object{"type": []string{"string", "number"}}
		}
		is := object{"properties": object{"provider": object{"const": p.ID}}, "required": []string{"provider"}}
		conditions = append(conditions, object{"if": is, "then": object{"$ref": "#/$defs/" + definition(p)}})
	}
	conditions = append(conditions, object{
		"if":   object{"not": object{"required": []string{"provider"}}},
		"then": object{"properties": anyField, "additionalProperties": false},
	})
	return object{
		"description": "registry that holds the images: a provider and its fields",
		"type":        []string{"object", "null"},
		"properties":  object{"provider": object{"enum": ids}},
		"allOf":       conditions,
	}
}

func definition(p *registry.Preset) string { return "registry-" + p.ID }

// provider returns the schema of one provider and its fields.
func (s schema) provider(p *registry.Preset) object {
	fields := object{"provider": object{"const": p.ID}}
	for _, f := range p.Fields {
		fields[f.ID] = fieldSchema(f)
	}
	return object{"title": p.Title, "description": p.Summary, "properties": fields, "additionalProperties": false}
}

func fieldSchema(f registry.Field) object {
	out := describe(f.Label, f.Help, f.Example)
	if f.Default != "" {
		out["default"] = f.Default
	}
	if len(f.Choices) > 0 {
		out["enum"] = model.Map(f.Choices, func(c registry.Choice) string { return c.Value })
		return out
	}
	out["type"] = []string{"string", "number"}
	if f.Pattern != nil {
		pattern := "^(?:" + f.Pattern.String() + ")$"
		if !f.Required || f.Unless != "" { // an empty text counts as unanswered
			pattern = "^$|" + pattern
		}
		out["pattern"] = pattern
	}
	return out
}
