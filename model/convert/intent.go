package convert

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
)

// intent is what the old file decides. What it leaves to the chart is not carried over.
type intent struct {
	components []component
	pull       Pull
}

// component is what the file decides of one pod.
type component struct {
	name  string
	parts map[string]part // image (without its tag), tag, pullPolicy
}

// part is one thing that a pod gets.
type part struct {
	text string
	from string // the key of the file that decides it; "" when the chart does
}

// The parts, as the facts of a plan are called where there is one.
const (
	imagePart  = "image"
	tagPart    = "tag"
	policyPart = "pullPolicy"
)

func partNames() []string { return []string{imagePart, tagPart, policyPart} }

// Pull is the pull secret that a values file decides on; the zero Pull leaves it to the chart.
type Pull struct {
	Name    string // of a secret that is there
	Method  string // of the chart, by which Helm makes the secret
	Nothing bool   // the pods are to name none
	From    string // the key that decides it
	Unread  bool   // the chart does not read that key
}

func (c *conversion) intent() intent {
	var out intent
	for _, component := range c.from.Components {
		out.components = append(out.components, c.component(component.Name))
	}
	if c.from.ID != c.to.ID { // else nothing is written, and so nothing meant but not read can take effect
		out.pull = c.pull()
	}
	return out
}

func (c *conversion) component(name string) component {
	r := c.before.Components[name]
	decides := func(text string, origins ...chart.Origin) part {
		for _, o := range origins {
			if c.has(o.From) {
				return part{text, o.From}
			}
		}
		return part{text: text}
	}
	t := r.Trace
	return component{name, map[string]part{
		imagePart:  decides(withoutTag(r), t.Repository, t.Registry),
		tagPart:    decides(fmt.Sprint(t.Tag.Value), t.Tag),
		policyPart: decides(fmt.Sprint(r.PullPolicy), t.PullPolicy),
	}}
}

// withoutTag is the image as the chart puts it together, up to the tag.
func withoutTag(r *chart.ResolvedComponent) string {
	return strings.TrimSuffix(r.Image, ":"+fmt.Sprint(r.Trace.Tag.Value))
}

// pull is the secret that the pods name, by the file. Where the chart decides it although the file names one in a key
// that is not read, that one was meant.
func (c *conversion) pull() Pull {
	first := c.before.Components[c.from.Components[0].Name]
	origin := strings.TrimPrefix(first.Trace.PullSecrets.From, "chart default ")
	switch {
	case len(first.PullSecrets) == 0:
		if c.has(origin) {
			return Pull{Nothing: true, From: origin}
		}
	case isMade(c.before, first.PullSecrets[0]):
		if p := c.made(origin); p.Method != "" {
			return p
		}
	case c.has(origin):
		return Pull{Name: fmt.Sprint(first.PullSecrets[0]), From: origin}
	}
	return c.unread()
}

// isMade tells whether the chart makes the secret of that name.
func isMade(r *chart.Resolution, name any) bool {
	return slices.ContainsFunc(r.Secrets, func(s chart.MadeSecret) bool { return reflect.DeepEqual(s.Name, name) })
}

// made is the method by which Helm makes the secret, if the file gives it a login; origin is where its name is.
func (c *conversion) made(origin string) Pull {
	for _, m := range c.from.Methods {
		table := loginTable(c.from, m.ID)
		named := table != "" && within(origin, []string{table})
		nameless := table != "" && origin == fixed && !c.from.Writes("secret.name", m.ID)
		from := ""
		switch {
		case named && c.has(origin):
			from = origin
		case named || nameless:
			from = c.first(table)
		}
		if from != "" {
			return Pull{Method: m.ID, From: from}
		}
	}
	return Pull{}
}

// fixed is the origin of what stands in the templates themselves.
const fixed = "chart default"

// first is the first key in a table that has something in it and that the old chart may read; "" when there is none.
func (c *conversion) first(table string) string {
	value, _ := c.values.Lookup(table)
	fields, _ := value.(map[string]any)
	unread := c.from.UnreadKeys()
	var found string
	line := 0
	for key, field := range fields {
		path := table + "." + key
		if field == nil || field == "" || slices.Contains(unread, path) {
			continue
		}
		if _, at := c.values.Position(path); found == "" || at < line || at == line && path < found {
			found, line = path, at
		}
	}
	return found
}

// unread is the secret that a key names which the old chart does not read.
func (c *conversion) unread() Pull {
	for _, p := range c.oldProblems() {
		if p.Rule != unreadSecret {
			continue
		}
		value, _ := c.values.Lookup(p.Path)
		if names := namesIn(value); len(names) > 0 {
			return Pull{Name: names[0], From: p.Path, Unread: true}
		}
	}
	return Pull{}
}

// oldProblems returns what is wrong with the old file for its own chart.
func (c *conversion) oldProblems() model.Problems { return lint.Problems(c.from, c.values, c.before) }

// unreadSecret is the rule of traps for names of pull secrets.
const unreadSecret = "pull-secrets-ignored"

// namesIn are the names in what stands for pull secrets: a name, or a list of names or of tables with one value each.
func namesIn(value any) []string {
	var out []string
	switch v := value.(type) {
	case string:
		if v != "" {
			out = append(out, v)
		}
	case []any:
		for _, item := range v {
			out = append(out, namesIn(item)...)
		}
	case map[string]any:
		for _, below := range v {
			if name, ok := below.(string); ok && len(v) == 1 && name != "" {
				out = append(out, name)
			}
		}
	}
	return out
}
