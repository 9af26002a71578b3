package registry

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// Check says what is wrong with one field's answer beside the others, with an example of a right one.
func (p *Preset) Check(id string, fields map[string]string) error {
	f, ok := p.Field(id)
	if !ok {
		return fmt.Errorf("%s has no field %s", p.ID, id)
	}
	all := p.complete(fields)
	value := cmp.Or(fields[id], all[id])
	if value == "" && !f.When.Holds(all) {
		return nil
	}
	return p.check(f, value, all)
}

// check looks at one value; fields are complete.
func (p *Preset) check(f Field, value string, fields map[string]string) error {
	if value == "" && !f.allows("") {
		return p.needed(f, fields)
	}
	tidy := p.Normalise(f.ID, value)
	for _, trap := range f.Traps {
		if say, ok := trap.springs(tidy.Value, fields); ok {
			return errors.New(say)
		}
	}
	switch {
	case len(f.Choices) > 0:
		return f.choose(value)
	case tidy.Value != value:
		return p.tidier(f, value, tidy, fields)
	case f.Kind == "host":
		return p.checkHost(f, value)
	case f.Kind == "path":
		return image.CheckRepository(value)
	case !f.Pattern.Match(value):
		return f.hint()
	}
	return nil
}

// needed is the error for no answer; nil where none is needed.
func (p *Preset) needed(f Field, fields map[string]string) error {
	if !f.Required || f.Unless != "" && fields[f.Unless] != "" {
		return nil
	}
	if other, ok := p.Field(f.Unless); ok {
		return fmt.Errorf("%s is missing, for example %s; or give %s", f.Label, f.Example, other.Label)
	}
	return fmt.Errorf("%s is missing, for example %s", f.Label, f.Example)
}

func (f Field) hint() error { return fmt.Errorf("%s, for example %s", f.Hint, f.Example) }

// allows tells whether value is one of the choices.
func (f Field) allows(value string) bool {
	for _, c := range f.Choices {
		if c.Value == value {
			return true
		}
	}
	return false
}

func (f Field) choose(value string) error {
	if f.allows(value) {
		return nil
	}
	var known []string
	for _, c := range f.Choices {
		if c.Value != "" {
			known = append(known, c.Value)
		}
	}
	if near := model.Nearest(value, known); near != "" {
		return fmt.Errorf("%q is not one of %s; did you mean %s?", value, strings.Join(known, ", "), near)
	}
	return fmt.Errorf("%q is not one of %s", value, strings.Join(known, ", "))
}

// tidier says how a value is written right, when it only has to be tidied.
func (p *Preset) tidier(f Field, value string, tidy Normalised, fields map[string]string) error {
	var write []string
	if tidy.Value != "" {
		write = append(write, tidy.Value)
	}
	for _, other := range p.Fields {
		if text := tidy.Fields[other.ID]; text != "" && text != fields[other.ID] {
			write = append(write, text+" for "+other.Label)
		}
	}
	if len(write) == 0 {
		return f.hint()
	}
	return fmt.Errorf("write %s instead of %s", strings.Join(write, " and "), value)
}

// springs tells whether a value is the mistake, and what to say then.
func (t Trap) springs(value string, fields map[string]string) (string, bool) {
	groups, ok := t.Match.in(fields).groups(value)
	if !ok || !t.When.Holds(fields) {
		return "", false
	}
	return expand(t.Say, func(name string) (string, bool) { text, ok := groups[name]; return text, ok }), true
}

// CheckRepository says what is wrong with an image path below this registry: "conductor/server", without host and tag.
func (p *Preset) CheckRepository(path string) error {
	host, below, _ := strings.Cut(path, "/")
	if below != "" && p.MatchesHost(host) {
		return fmt.Errorf("an image path has no host: write %s", below)
	}
	for _, trap := range p.Repository.Traps {
		if say, ok := trap.springs(path, nil); ok {
			return errors.New(say)
		}
	}
	if err := image.CheckRepository(path); err != nil {
		return err
	}
	if !p.Repository.Pattern.Match(path) {
		return fmt.Errorf("%s, for example %s", p.Repository.Hint,
			strings.ReplaceAll(p.Repository.Default, "{component}", "server"))
	}
	return nil
}
