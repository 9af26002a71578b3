package registry

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// Check returns an error for an invalid answer of one field, given the others. The error has an example of a valid one.
func (p *Preset) Check(id string, fields map[string]string) error {
	f, ok := p.Field(id)
	if !ok {
		return fmt.Errorf("%s has no field %s", p.ID, id)
	}
	all := p.withDefaults(fields)
	value := cmp.Or(fields[id], all[id])
	if value == "" && !f.When.Matches(all) {
		return nil
	}
	return p.checkField(f, value, all)
}

// checkField checks one value. Fields have their defaults.
func (p *Preset) checkField(f Field, value string, fields map[string]string) error {
	if value == "" && !f.hasChoice("") {
		return p.checkRequired(f, fields)
	}
	if image.HasLogin(value) {
		return image.ErrLogin
	}
	normalised := p.Normalise(f.ID, value, fields)
	for _, trap := range f.Traps {
		if err := trap.check(normalised.Value, fields); err != nil {
			return err
		}
	}
	switch {
	case len(f.Choices) > 0:
		return f.checkChoice(value)
	case normalised.Value != value:
		return p.notNormal(f, value, normalised, fields)
	case f.Kind == "host":
		return p.checkHost(f, value)
	case f.Kind == "path" && image.CheckRepository(value) != nil:
		return image.CheckRepository(value)
	case !f.Pattern.Match(value):
		return f.invalid()
	}
	return nil
}

// checkRequired returns an error when a field without an answer needs one.
func (p *Preset) checkRequired(f Field, fields map[string]string) error {
	if !f.Required || f.Unless != "" && fields[f.Unless] != "" {
		return nil
	}
	if other, ok := p.Field(f.Unless); ok {
		return fmt.Errorf("%s is required, for example %s; or set %s", f.Label, f.Example, other.Label)
	}
	return fmt.Errorf("%s is required, for example %s", f.Label, f.Example)
}

// invalid returns the field's rule as an error.
func (f Field) invalid() error { return fmt.Errorf("%s, for example %s", f.Hint, f.Example) }

func (f Field) hasChoice(value string) bool {
	for _, c := range f.Choices {
		if c.Value == value {
			return true
		}
	}
	return false
}

func (f Field) checkChoice(value string) error {
	if f.hasChoice(value) {
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

// notNormal returns the error for a value that is valid once normalised: what to write, and in which fields.
func (p *Preset) notNormal(f Field, value string, n Normalised, fields map[string]string) error {
	var write []string
	if n.Value != "" {
		write = append(write, n.Value)
	}
	for _, other := range p.Fields {
		if text := n.Fields[other.ID]; text != "" && text != fields[other.ID] {
			write = append(write, text+" for "+other.Label)
		}
	}
	if len(write) == 0 {
		return f.invalid()
	}
	return fmt.Errorf("write %s instead of %s", strings.Join(write, " and "), value)
}

// check returns the trap's message as an error when value is that mistake.
func (t Trap) check(value string, fields map[string]string) error {
	groups, ok := t.Match.with(fields).groups(value)
	if !ok || !t.When.Matches(fields) {
		return nil
	}
	return errors.New(model.ExpandMap(t.Say, groups))
}

// CheckRepository returns an error unless path is a valid image path below this registry, such as "conductor/server":
// without host and tag.
func (p *Preset) CheckRepository(path string) error {
	if image.HasLogin(path) {
		return image.ErrLogin
	}
	host, below, _ := strings.Cut(path, "/")
	if below != "" && p.MatchesHost(host) {
		return fmt.Errorf("an image path must not contain the host: write %s", below)
	}
	for _, trap := range p.Repository.Traps {
		if err := trap.check(path, nil); err != nil {
			return err
		}
	}
	if err := image.CheckRepository(path); err != nil {
		return err
	}
	if !p.Repository.Pattern.Match(path) {
		return fmt.Errorf("%s, for example %s", p.Repository.Hint, p.DefaultRepository("server"))
	}
	return nil
}
