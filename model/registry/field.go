package registry

import (
	"maps"
	"slices"
)

// Field is one question about a registry.
type Field struct {
	ID             string   `doc:"name of the key in answers files" required:"true"`
	Label          string   `doc:"one or two words, at most 22 characters" required:"true"`
	Help           string   `doc:"one line, at most 74 characters"`
	Example        string   `doc:"a valid answer"`
	Kind           string   `doc:"host is host[:port], path is part of an image name; else text" enum:"host path"`
	Pattern        *Pattern `doc:"RE2 expression that the whole answer must match"`
	Hint           string   `doc:"error for an answer that does not match: the rule, without an example"`
	Traps          []Trap   `doc:"common mistakes with an error message of their own"`
	Choices        []Choice `doc:"the possible answers, if they are few"`
	Suggest        []string `doc:"answers that shells offer; others are accepted too"`
	Default        string   `doc:"answer when none is given"`
	Required       bool     `doc:"an answer is needed"`
	Unless         string   `doc:"id of a field that, when answered, makes this one optional"`
	When           When     `doc:"the other fields' answers for which this one is asked"`
	Lower          bool     `doc:"answers are lower case"`
	PerEnvironment bool     `yaml:"perEnvironment" doc:"often differs between environments"`
	Advanced       bool     `doc:"rarely needed: the wizard skips it"`
}

// Choice is one possible answer of a field.
type Choice struct {
	Value string `doc:"the answer"`
	Label string `doc:"at most 22 characters"`
	Help  string `doc:"at most 50 characters"`
}

// Trap is a common mistake and its error message.
type Trap struct {
	Match *Pattern `doc:"RE2 expression of the mistake" required:"true"`
	When  When     `doc:"the fields' answers for which it is a mistake"`
	Say   string   `doc:"the error message; {name} is a named group of match" required:"true"`
}

// When is a condition on fields: each named field must match. A field without an answer is "". Patterns may contain
// {field}, the answer of another field.
type When map[string]*Pattern

// Matches reports whether every condition is met.
func (w When) Matches(fields map[string]string) bool {
	for id, pattern := range w {
		if !pattern.with(fields).Match(fields[id]) {
			return false
		}
	}
	return true
}

// matching returns the items whose condition the fields meet, in order.
func matching[T any](items []T, fields map[string]string, condition func(T) When) []T {
	return slices.DeleteFunc(slices.Clone(items), func(item T) bool { return !condition(item).Matches(fields) })
}

// Field returns the field with that id, and false when the preset has none.
func (p *Preset) Field(id string) (Field, bool) {
	for _, f := range p.Fields {
		if f.ID == id {
			return f, true
		}
	}
	return Field{}, false
}

// Visible returns the fields to ask for, given the answers so far, in order.
func (p *Preset) Visible(fields map[string]string) []Field {
	return matching(p.Fields, p.withDefaults(fields), func(f Field) When { return f.When })
}

// withDefaults returns the answers of the preset's fields with defaults, and with the answers that a given host implies.
func (p *Preset) withDefaults(given map[string]string) map[string]string {
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
	if rule, implied := p.hostRule(given["host"]); rule != nil {
		maps.Copy(out, implied)
	}
	return out
}
