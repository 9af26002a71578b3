package registry

import "maps"

// Field is one question about a registry.
type Field struct {
	ID             string   //
	Label          string   // at most 22 characters
	Help           string   // one sentence, at most 74 characters
	Example        string   // an answer of the right form
	Kind           string   // "" text, host (host[:port]) or path (of an image name)
	Pattern        *Pattern // what a text must match
	Hint           string   // what to say when it does not: the rule, without an example
	Traps          []Trap   // well-known mistakes with an answer of their own
	Choices        []Choice
	Default        string
	Required       bool
	Unless         string // an answered field that stands in for this required one
	When           When   // the fields for which it is asked at all
	Lower          bool   // registries write it in lower case
	PerEnvironment bool   `yaml:"perEnvironment"` // often differs between dev and prod
	Advanced       bool   // few need it
}

// Choice is one of a field's possible answers.
type Choice struct{ Value, Label, Help string }

// Trap is a mistake that people make, and what to tell them. Named groups of Match can stand in Say as {name}.
type Trap struct {
	Match *Pattern
	When  When
	Say   string
}

// When says for which fields something holds: each named field must match. An absent field is "".
type When map[string]*Pattern

// Holds tells whether every condition is met.
func (w When) Holds(fields map[string]string) bool {
	for id, pattern := range w {
		if !pattern.in(fields).Match(fields[id]) {
			return false
		}
	}
	return true
}

// Field is the field with that id.
func (p *Preset) Field(id string) (Field, bool) {
	for _, f := range p.Fields {
		if f.ID == id {
			return f, true
		}
	}
	return Field{}, false
}

// Visible are the fields to ask for, given the answers so far, in order.
func (p *Preset) Visible(fields map[string]string) []Field {
	var out []Field
	all := p.complete(fields)
	for _, f := range p.Fields {
		if f.When.Holds(all) {
			out = append(out, f)
		}
	}
	return out
}

// complete is given with the defaults, and with what a given host says of the other fields. What is not a field of the
// preset is left out.
func (p *Preset) complete(given map[string]string) map[string]string {
	out := make(map[string]string, len(p.Fields))
	for _, f := range p.Fields {
		value := given[f.ID]
		if value == "" {
			value = f.Default
		}
		if value != "" {
			out[f.ID] = value
		}
	}
	if rule, groups := p.rule(given["host"]); rule != nil {
		maps.Copy(out, groups)
	}
	return out
}
