// Package draft is answers while they are being given, for every front end that asks: what holds for a question now,
// what is wrong with it, and what an answer does to the others. It never asks or shows anything.
package session

import (
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/registry"
)

// Draft is the answers so far. Use New.
type Draft struct {
	Catalog *answers.Catalog
	Answers *answers.Answers
	sources Sources
	stash   map[string]map[string]string // fields of providers that were left, by path and provider
	history []step
	open    string // the path of the answer being given
}

// New starts from answers, which it puts right where they were pasted; nil is none.
func New(catalog *answers.Catalog, from *answers.Answers, sources Sources) *Draft {
	if from == nil {
		from = answers.New()
	}
	from, _ = catalog.Normalise(from, "")
	return &Draft{Catalog: catalog, Answers: from, sources: sources, stash: map[string]map[string]string{}}
}

// Answered is the field's answer, or "".
func (d *Draft) Answered(f answers.Field) string {
	if f.Path == "environments" {
		return strings.Join(d.Answers.Environments(), ", ")
	}
	return d.Answers.Get(f.Path)
}

// Holds is what is in force for the field.
func (d *Draft) Holds(f answers.Field) string {
	if value := d.Answered(f); value != "" {
		return value
	}
	if f.Default != "" {
		return f.Default
	}
	return f.Inherits
}

// Title is what a page asks; one about the details of a registry is named after it.
func (d *Draft) Title(page answers.Page) string {
	if preset, ok := d.Preset(); ok && page == answers.Details {
		return preset.Title
	}
	return page.Title()
}

// Preset is the registry that was chosen for both images.
func (d *Draft) Preset() (*registry.Preset, bool) {
	return d.Catalog.Registries.Preset(d.Answers.Get("registry.provider"))
}

// Mistake is what is wrong with the field's answer.
func (d *Draft) Mistake(f answers.Field) error {
	value := d.Answered(f)
	if value == "" && !f.Required {
		return nil
	}
	return f.Check(value)
}

// MustChoose tells whether the field is a list where one entry has to be chosen: nothing holds without.
func (d *Draft) MustChoose(f answers.Field) bool {
	return len(f.Choices) > 0 && f.Choices[0].Value != "" && d.Holds(f) == ""
}

// Answer records an answer; an empty one is none. Dropped are the paths whose answers went with it or came back.
func (d *Draft) Answer(f answers.Field, value string) (dropped []string) {
	d.remember(f.Path)
	return d.Suppose(f, value)
}

// Suppose is Answer for what nobody has said, such as the first entry of a list: there is nothing to undo.
func (d *Draft) Suppose(f answers.Field, value string) (dropped []string) {
	switch {
	case strings.HasSuffix(f.Path, "registry.provider"):
		return d.changeProvider(f.Path, value)
	case f.Path == "environments":
		d.Answers.Set(f.Path, value)
	case value == "":
		d.Answers.Unset(f.Path)
	default:
		d.Answers.Set(f.Path, value)
	}
	return nil
}
