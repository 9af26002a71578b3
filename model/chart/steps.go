package chart

import (
	"errors"
	"fmt"
	"strings"
)

// Step is something that a chart's templates do and that can fail. Steps are listed in the order in which Helm runs them,
// since Helm reports only the first failure. A step whose When does not hold, or whose Unless does, is skipped.
type Step struct {
	When     []Condition `yaml:"when" doc:"all must hold"`
	Unless   []Condition `yaml:"unless" doc:"not all may hold"`
	Read     []string    `yaml:"read" doc:"paths that templates read: what holds the last key must be a mapping"`
	Text     []string    `yaml:"text" doc:"paths whose value must be text unless it is empty"`
	Each     string      `yaml:"each" doc:"the path of a list"`
	Needs    string      `yaml:"needs" doc:"the key that each item of that list must have, with text"`
	Required []string    `yaml:"required" doc:"the first value that is not empty must not be null or an empty text"`
	Printed  bool        `yaml:"printed" doc:"required is printed by a named template first, so null is not empty"`
	Content  string      `yaml:"content" doc:"a path that must be text that is not blank, or a mapping with one key"`
	Shapes   Shapes      `yaml:"shapes" doc:"the types of what it ranges over or prints as YAML"`
	Message  string      `yaml:"message" doc:"the chart's words when required or content is not met"`
}

// Refusal says why Helm does not render the chart with the values.
type Refusal struct {
	Kind    string   `json:"kind"`              // schema, template, required or yaml
	Message string   `json:"message"`           // in Helm's words
	Details []string `json:"details,omitempty"` // every broken rule of the schema, sorted
}

// Reasons returns each broken rule of the schema, or the one message.
func (r *Refusal) Reasons() []string {
	if len(r.Details) > 0 {
		return r.Details
	}
	return []string{r.Message}
}

func templateError(err error) *Refusal { return &Refusal{Kind: "template", Message: err.Error()} }

// run returns the refusal of the step for merged values; nil when it passes.
func (s Step) run(tree map[string]any) *Refusal {
	if !applies(s.When, s.Unless, tree) {
		return nil
	}
	for _, path := range s.Read {
		if _, err := deref(tree, path); err != nil {
			return templateError(err)
		}
	}
	for _, path := range s.Text {
		value, err := deref(tree, path)
		if err == nil && !empty(value) && typeOf(value) != "string" {
			err = wantText(path, value)
		}
		if err != nil {
			return templateError(err)
		}
	}
	if err := s.items(tree); err != nil {
		return templateError(err)
	}
	if refusal := s.Shapes.check(tree); refusal != nil {
		return refusal
	}
	return s.required(tree)
}

func (s Step) items(tree map[string]any) error {
	if s.Each == "" {
		return nil
	}
	list, err := deref(tree, s.Each)
	if err != nil {
		return err
	}
	items, _ := list.([]any)
	for i, item := range items {
		at := fmt.Sprintf("%s[%d].%s", s.Each, i, s.Needs)
		mapping, ok := item.(map[string]any)
		if !ok {
			return errors.New("<.Values." + at + ">: can't evaluate field " + s.Needs + " in type interface {}")
		}
		if value := mapping[s.Needs]; typeOf(value) != "string" {
			return fmt.Errorf("<.Values.%s>: wrong type for value; expected string; got interface {}", at)
		}
	}
	return nil
}

func (s Step) required(tree map[string]any) *Refusal {
	if s.Content != "" {
		return s.content(tree)
	}
	if len(s.Required) == 0 {
		return nil
	}
	got, err := Chain{Paths: s.Required}.pick(tree)
	if err != nil {
		return templateError(err)
	}
	if got.value == "" || got.value == nil && !s.Printed {
		return &Refusal{Kind: "required", Message: s.Message}
	}
	return nil
}

// content refuses what is neither the text of a file nor a mapping with one key and that text.
func (s Step) content(tree map[string]any) *Refusal {
	value, err := deref(tree, s.Content)
	if err != nil {
		return templateError(err)
	}
	if mapping, ok := value.(map[string]any); ok && len(mapping) == 1 {
		for key, text := range mapping {
			if typeOf(text) != "string" {
				return templateError(wantText(s.Content+"."+key, text))
			}
		}
		return nil
	}
	if text, ok := value.(string); ok && strings.TrimSpace(text) != "" {
		return nil
	}
	return &Refusal{Kind: "required", Message: s.Message}
}
