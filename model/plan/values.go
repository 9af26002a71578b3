package plan

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// values writes values.yaml.
func (e *Environment) values() []byte {
	d := values.NewDocument("The images of Orkes Conductor and their pull secret, for chart " + e.Profile.ID + ".\n" +
		"Made by conductor-registry: change the answers and make it again.")
	for _, w := range e.Written {
		if w.IsList {
			d.SetList(w.Path, []string{"name: " + w.Text}, w.Comment)
		} else {
			d.Set(w.Path, w.Text, w.Comment)
		}
	}
	return d.Bytes()
}

// Settings are the keys to write, by the settings of the chart's profile: each names a fact and the key for it.
func Settings(profile *chart.Profile, pattern, method string, facts map[string]string) []Written {
	var out []Written
	for _, s := range profile.Settings {
		if !s.Applies(pattern, method) {
			continue
		}
		text := literal(s.Literal)
		if s.Literal == nil {
			fact, ok := facts[s.Value]
			if !ok {
				continue
			}
			text = values.Quote(fact)
		}
		out = append(out, newWritten(s, text))
	}
	return out
}

// Written is one key of the values file.
type Written struct {
	Path      string // such as "server.image.repository"
	Text      string // its value as it is written
	IsList    bool   // the value is a list of one table, whose name Text is
	Comment   string // for the line above; "" is none
	Component string // the component it is about; "" for both
	Fact      string // what it carries: registry, repository, fullName, tag …
}

func newWritten(s chart.Setting, text string) Written {
	component, fact, own := strings.Cut(s.Value, ".")
	if !own || component == "secret" {
		component, fact = "", s.Value
	}
	return Written{Path: s.Path, Text: text, IsList: s.As == "nameList", Comment: s.Comment, Component: component,
		Fact: fact}
}

// Names tells whether the key carries one of these facts.
func (w Written) Names(facts ...string) bool { return slices.Contains(facts, w.Fact) }

// Is tells whether a value is what the key is to hold, as text if it is text: its bytes then stay.
func (w Written) Is(value any) bool {
	if w.IsList {
		items, _ := value.([]any)
		if len(items) != 1 {
			return false
		}
		item, _ := items[0].(map[string]any)
		name, ok := item["name"].(string)
		return ok && len(item) == 1 && values.Quote(name) == w.Text
	}
	switch value := value.(type) {
	case string:
		return values.Quote(value) == w.Text
	case bool:
		return w.Text == strconv.FormatBool(value)
	}
	return false
}

// literal is a constant of the profile: what is not a string is YAML's own true, false or number.
func literal(value any) string {
	switch v := value.(type) {
	case bool:
		return map[bool]string{true: "true", false: "false"}[v]
	case string:
		return values.Quote(v)
	}
	return "null"
}

// Facts are what the settings can speak of, by name; common is the registry that components share, "" is none. A fact
// that is absent is not written: a component's registry only where it differs from the common one, a tag once where
// both share it.
func (e *Environment) Facts(common string) map[string]string {
	facts := map[string]string{}
	tag, policy := e.sharedTag(), e.Components[0].PullPolicy
	if tag != "" {
		facts["tag"] = tag
	}
	facts["pullPolicy"] = policy
	if common != "" && e.shared(common) {
		facts["registry"] = common
	}
	for _, c := range e.Components {
		facts[c.Name+".repository"] = c.Repository
		facts[c.Name+".fullName"] = c.FullName()
		facts[c.Name+".pullPolicy"] = c.PullPolicy
		if c.Tag != tag {
			facts[c.Name+".tag"] = c.Tag
		}
		if registry, ok := e.ownRegistry(c, facts["registry"]); ok {
			facts[c.Name+".registry"] = registry
		}
	}
	maps.Copy(facts, e.Secret.facts())
	return facts
}

// sharedTag is the tag that at least two components have; "" when each has its own.
func (e *Environment) sharedTag() string {
	for i, c := range e.Components {
		for _, other := range e.Components[i+1:] {
			if c.Tag == other.Tag {
				return c.Tag
			}
		}
	}
	return ""
}

// shared tells whether any component is pulled from the common registry.
func (e *Environment) shared(common string) bool {
	return slices.ContainsFunc(e.Components, func(c Component) bool { return c.Location.Registry() == common })
}

// ownRegistry is the registry to write for a component. Below a global one it is written where it differs, Docker Hub
// too: an empty registry would fall back to the global one. Where nothing is global, Docker Hub needs no name.
func (e *Environment) ownRegistry(c Component, global string) (string, bool) {
	registry := c.Location.Registry()
	if global != "" && e.Profile.WritesIn("registry", e.Pattern) {
		return registry, registry != global
	}
	return registry, !c.Location.ImpliedHost
}
