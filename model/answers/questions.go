package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/registry"
)

// question is one path looked at in its place: an environment, a component and what holds there.
type question struct {
	catalog   *Catalog
	path      string
	env       string   // "" for all
	component string   // "" for both
	here      *Answers // what holds in env
}

// leaf describes the question that stands at the end of a path.
type leaf struct {
	name   string
	scope  scope
	fields func(q question) Field
}

// scope says where a leaf may stand: for one environment too, for one component too, or for components only.
type scope struct{ env, component, common bool }

func leaves() [12]leaf { // an array stays off the heap: this is read for each question at each key
	everywhere := scope{env: true, component: true, common: true}
	return [...]leaf{
		{"chart", scope{env: true, common: true}, question.chart},
		{"environments", scope{common: true}, question.environments},
		{"registry.provider", everywhere, question.provider},
		{"base", scope{env: true, common: true}, question.base},
		{"pattern", scope{env: true, common: true}, question.pattern},
		{"repository", scope{env: true, component: true}, question.repository},
		{"tag", everywhere, question.tag},
		{"pullPolicy", everywhere, question.pullPolicy},
		{"pullSecret.method", scope{env: true, common: true}, question.method},
		{"pullSecret.name", scope{env: true, common: true}, question.secretName},
		{"pullSecret.namespace", scope{env: true, common: true}, question.namespace},
		{"pullSecret.username", scope{env: true, common: true}, question.username},
	}
}

func (s scope) allows(q question) bool {
	return (q.env == "" || s.env) && (q.component == "" && s.common || q.component != "" && s.component)
}

// Leaf is a question without its place: a key of the answers file and where it may stand.
type Leaf struct {
	Name        string // the end of its path: tag, pullSecret.name
	Common      bool   // for all components
	Component   bool   // for one component
	Environment bool   // in an environment too
}

// Leaves are all questions but the fields of a registry, in the order of the list.
func Leaves() []Leaf {
	var out []Leaf
	for _, l := range leaves() {
		out = append(out, Leaf{l.name, l.scope.common, l.scope.component, l.scope.env})
	}
	return out
}

// Field is the question at path. The error says that there is none, and which one may have been meant.
func (c *Catalog) Field(a *Answers, path string) (Field, error) {
	env, rest := Split(path)
	component, name := SplitComponent(rest)
	q := question{c, path, env, component, a.In(env)}
	if component != "" && !q.knownComponent() {
		return Field{}, q.unknown(rest, "components."+strings.Join(c.Components(a), ", components."))
	}
	if id, ok := strings.CutPrefix(name, "registry."); ok && id != "provider" {
		return q.detail(id)
	}
	for _, l := range leaves() {
		if l.name == name && l.scope.allows(q) {
			f := l.fields(q)
			f.Path = path
			return q.placed(f), nil
		}
	}
	return Field{}, q.unknown(name, q.names()...)
}

func (q question) knownComponent() bool {
	return slices.Contains(q.catalog.Components(q.here), q.component)
}

// names are the leaves that may stand here.
func (q question) names() []string {
	var out []string
	for _, l := range leaves() {
		if l.scope.allows(q) && l.name != "base" { // known, but not to be suggested
			out = append(out, l.name)
		}
	}
	return out
}

func (q question) unknown(word string, known ...string) error {
	if near := model.Nearest(word, known); near != "" {
		return fmt.Errorf("is not known; did you mean %s?", near)
	}
	root, _, _ := strings.Cut(word, ".")
	sections := []string{"registry", "components", "pullSecret", "environments", "version"}
	if near := model.Nearest(root, sections); near != "" && near != root {
		return fmt.Errorf("is not known; did you mean %s?", near)
	}
	return fmt.Errorf("is not known here; known are %s", strings.Join(known, ", "))
}

// placed fits a field to its environment and component: an answer there is only needed where it differs.
func (q question) placed(f Field) Field {
	if q.component != "" && f.Label != "" {
		f.Label += " of " + q.component
	}
	if q.env == "" || f.Label == "" {
		return f
	}
	_, rest := Split(q.path)
	f.Label += " in " + q.env
	f.Default, f.Inherits, f.Required = "", q.inherited(rest, f.Default), false
	return f
}

// inherited is what holds where a question is not answered again: the common answer, else its default.
func (q question) inherited(path, otherwise string) string {
	if value := q.here.Get(path); value != "" {
		return value
	}
	return otherwise
}

// detail is a field of the registry's provider.
func (q question) detail(id string) (Field, error) {
	fields := q.here.Registry(q.component)
	preset := q.catalog.preset(fields)
	if preset == nil {
		return Field{}, fmt.Errorf("needs registry.provider, one of %s", strings.Join(q.providers(), ", "))
	}
	rf, ok := preset.Field(id)
	if !ok {
		var known []string
		for _, f := range preset.Fields {
			known = append(known, f.ID)
		}
		return Field{}, fmt.Errorf("%s has no field %s: %w", preset.ID, id, q.unknown(id, append(known, "provider")...))
	}
	page := Details
	if q.component != "" {
		page = Pattern
	}
	required := rf.Required && fields[rf.Unless] == ""
	inherits, fallback := "", rf.Default
	if common := q.here.Registry(""); q.component != "" && common["provider"] == preset.ID {
		inherits, fallback = cmp.Or(common[id], rf.Default), "" // what the common registry says holds here too
		required = required && inherits == ""
	}
	return q.placed(Field{Path: q.path, Page: page, Label: rf.Label, Help: rf.Help, Example: rf.Example,
		Choices: choices(rf.Choices), Default: fallback, Inherits: inherits, Required: required, Advanced: rf.Advanced,
		Check:     func(value string) error { return preset.Check(id, with(fields, id, value)) },
		Normalise: func(value string) registry.Normalised { return preset.Normalise(id, value) },
	}), nil
}

func with(fields map[string]string, id, value string) map[string]string {
	out := map[string]string{id: value}
	for k, v := range fields {
		if k != id {
			out[k] = v
		}
	}
	return out
}

func choices(from []registry.Choice) []Choice {
	var out []Choice
	for _, c := range from {
		out = append(out, Choice{Value: c.Value, Label: c.Label, Summary: c.Help})
	}
	return out
}
