package chart

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Step is something that a chart's templates do and that can fail. Steps stand in the order in which Helm runs them,
// since Helm reports only the first failure. A step whose When does not hold, or whose Unless does, is skipped.
type Step struct {
	When     []Condition `yaml:"when" doc:"all must hold"`
	Unless   []Condition `yaml:"unless" doc:"not all may hold"`
	Read     []string    `yaml:"read" doc:"paths that templates read: what holds the last key must be a table"`
	Text     []string    `yaml:"text" doc:"paths whose value must be text unless it is empty"`
	Each     string      `yaml:"each" doc:"the path of a list"`
	Needs    string      `yaml:"needs" doc:"the key that each item of that list must have, with text"`
	Required []string    `yaml:"required" doc:"the first value that is not empty must not be null or an empty text"`
	Printed  bool        `yaml:"printed" doc:"required is printed by a named template first, so null is not empty"`
	Content  string      `yaml:"content" doc:"a path that must be text that is not blank, or a table of one entry"`
	Message  string      `yaml:"message" doc:"the chart's words when required or content is not met"`
}

// Refusal is why Helm does not render the chart with the values.
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
		table, ok := item.(map[string]any)
		if !ok {
			return errors.New("<.Values." + at + ">: can't evaluate field " + s.Needs + " in type interface {}")
		}
		if value := table[s.Needs]; typeOf(value) != "string" {
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

// content refuses what is neither the text of a file nor a table of one entry with that text.
func (s Step) content(tree map[string]any) *Refusal {
	value, err := deref(tree, s.Content)
	if err != nil {
		return templateError(err)
	}
	if table, ok := value.(map[string]any); ok && len(table) == 1 {
		for key, text := range table {
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

// Shapes are the types of what a chart's templates range over or print as YAML: the paths by type, mapping, list, or
// "mapping or list". [] behind a list stands for its items. A value of another type that is not empty fails the template or
// the API server's check of what it prints.
type Shapes map[string][]string

// check returns the refusal for the first value of another type, in the order of paths; nil when there is none.
func (s Shapes) check(tree map[string]any) *Refusal {
	names := map[string]string{"object": "mapping", "array": "list"}
	var wrong []string
	for want, paths := range s {
		for _, path := range paths {
			visit(tree, path, "", func(pointer string, value any) {
				got := typeOf(value)
				got = cmp.Or(names[got], got)
				if !empty(value) && !slices.Contains(strings.Split(want, " or "), got) {
					at := strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", ".")
					wrong = append(wrong, fmt.Sprintf("<.Values.%s>: got %s, and the template needs a %s", at, got, want))
				}
			})
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return &Refusal{Kind: "template", Message: wrong[0]}
}
