package inspect

import (
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// The patterns and methods of profiles that rendering can show.
const (
	global       = "global" // a registry for all components; a secret that the user creates
	perComponent = "per-component"
	fullName     = "full-name"
	existing     = "existing"
	none         = "none"
)

// addSettings fills the profile with the keys to write, for each pattern and method that the chart has keys for.
// Titles and words are those of the nearest known profile.
func (n *inspection) addSettings(p, nearest *chart.Profile) {
	keys := map[string][]string{global: {firstShared(p, registryOf)}}
	for i, c := range p.Components {
		p.Settings = append(p.Settings, n.settingsOf(p, i)...)
		keys[perComponent] = append(keys[perComponent], firstOwn(p, c, registryOf))
		keys[fullName] = append(keys[fullName], firstOwn(p, c, repositoryOf))
	}
	for _, option := range nearest.Patterns {
		paths := sorted(keys[option.ID])
		option.Summary = "the registry is in " + strings.Join(paths, " and ")
		p.Patterns = append(p.Patterns, optionFor(p, option, len(paths) > 0, fullName))
	}
	slices.SortStableFunc(p.Patterns, possibleFirst)
	n.addMethods(p, nearest)
}

// optionFor returns an option of another profile, as possible in this chart or as missing; as is the option to take
// instead.
func optionFor(p *chart.Profile, o chart.Option, isPossible bool, as string) chart.Option {
	out := chart.Option{ID: o.ID, Title: o.Title}
	if !isPossible {
		out.Missing, out.As = "chart "+p.ID+" has no key for it", as
		return out
	}
	out.Summary, out.Script, out.OneRegistry = o.Summary, o.Script, o.OneRegistry
	return out
}

func possibleFirst(a, b chart.Option) int {
	return len(a.Missing) - len(b.Missing) // all that are missing have the same text
}

func registryOf(c chart.Component) chart.Chain   { return c.Registry }
func repositoryOf(c chart.Component) chart.Chain { return c.Repository }
func tagOf(c chart.Component) chart.Chain        { return c.Tag }
func policyOf(c chart.Component) chart.Chain     { return c.PullPolicy }

// firstShared returns the first key of a part that several components all read; "" when there is none.
func firstShared(p *chart.Profile, part func(chart.Component) chart.Chain) string {
	if len(p.Components) < 2 {
		return ""
	}
	for _, path := range part(p.Components[0]).Paths {
		if !slices.ContainsFunc(p.Components, func(c chart.Component) bool {
			return !slices.Contains(part(c).Paths, path)
		}) {
			return path
		}
	}
	return ""
}

// firstOwn returns the first key of a part that only this component reads; "" when there is none.
func firstOwn(p *chart.Profile, of chart.Component, part func(chart.Component) chart.Chain) string {
	for _, path := range part(of).Paths {
		if !slices.ContainsFunc(p.Components, func(c chart.Component) bool {
			return c.Name != of.Name && slices.Contains(part(c).Paths, path)
		}) {
			return path
		}
	}
	return ""
}

// settingsOf returns the keys to write for a component; those that all share come with the first.
func (n *inspection) settingsOf(p *chart.Profile, i int) []chart.Setting {
	c := p.Components[i]
	var out []chart.Setting
	add := func(path, fact string, patterns ...string) {
		if path != "" {
			out = append(out, chart.Setting{Path: path, Value: fact, Patterns: patterns})
		}
	}
	if i == 0 {
		add(firstShared(p, registryOf), "registry", global)
		add(firstShared(p, tagOf), "tag")
		add(firstShared(p, policyOf), "pullPolicy")
	}
	repository := firstOwn(p, c, repositoryOf)
	add(firstOwn(p, c, registryOf), c.Name+".registry", global, perComponent)
	if len(c.Registry.Paths) == 0 {
		add(repository, c.Name+".fullName")
	} else {
		add(repository, c.Name+".repository", global, perComponent)
		add(repository, c.Name+".fullName", fullName)
		for _, path := range c.Registry.Paths { // a default would stand before a full name
			if _, isFull := emptied(n.key(path).initial); isFull {
				out = append(out, chart.Setting{Path: path, Literal: "", Patterns: []string{fullName}})
			}
		}
	}
	tag := firstOwn(p, c, tagOf)
	if firstShared(p, tagOf) == "" {
		add(tag, "tag")
	}
	add(tag, c.Name+".tag")
	add(firstOwn(p, c, policyOf), c.Name+".pullPolicy")
	return out
}

// addMethods adds the ways to name a pull secret. Those where the chart creates the secret are taken over from a known
// profile when the chart reads every key that they write.
func (n *inspection) addMethods(p, nearest *chart.Profile) {
	names := n.pullKey()
	for _, option := range nearest.Methods {
		isPossible := option.ID == none
		switch option.ID {
		case global, existing:
			isPossible = names != nil
		default:
			for _, known := range n.options.Profiles {
				if written := n.createdBy(known, option.ID); len(written) > 0 && !isPossible {
					isPossible, option = true, known.Method(option.ID)
					p.Settings = append(p.Settings, written...)
				}
			}
		}
		if option.ID == global {
			option.Script = "kubectl"
		}
		p.Methods = append(p.Methods, optionFor(p, option, isPossible, ""))
	}
	slices.SortStableFunc(p.Methods, possibleFirst)
	if names == nil {
		return
	}
	setting := chart.Setting{Path: names.path, Value: "secret.name", Methods: []string{global, existing}}
	if !names.isText() {
		setting.As = "nameList"
	}
	p.Settings = append(p.Settings, setting)
	if text, ok := names.initial.(string); ok && text != "" && names.isText() {
		p.Settings = append(p.Settings, chart.Setting{Path: names.path, Literal: "", Methods: []string{none}})
	}
}

// pullKey returns the first key that names the pods' secret without another key, as a text or in a list of maps; nil
// when there is none.
func (n *inspection) pullKey() *key {
	for _, k := range n.inOrder(Part{n.components[0].Name, partPull}) {
		if items, isList := k.value.([]any); k.needs == nil && (!isList || items[0] != any(k.marker)) {
			return k
		}
	}
	return nil
}

// createdBy returns the settings of a method by which a known chart creates the secret, if this chart reads all of
// their keys.
func (n *inspection) createdBy(known *chart.Profile, method string) []chart.Setting {
	o := known.Method(method)
	if o.Missing != "" || o.Script == "" || o.Script == "kubectl" {
		return nil
	}
	var out []chart.Setting
	for _, s := range known.Settings {
		if !slices.Contains(s.Methods, method) {
			continue
		}
		if n.key(s.Path).value == nil {
			return nil
		}
		out = append(out, s)
	}
	return out
}
