package inspect

import (
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// What a profile calls the ways of writing a registry and of naming a secret, as far as rendering can show them.
const (
	global       = "global" // a registry for all components; a secret that the user makes
	perComponent = "per-component"
	fullName     = "full-name"
	existing     = "existing"
	none         = "none"
)

// write fills the profile with what to write into values, for each pattern and method that the chart has keys for.
// Titles and words are those of the nearest profile.
func (l *learner) write(p, nearest *chart.Profile) {
	keys := map[string][]string{global: {firstShared(p, registryOf)}}
	for i, c := range p.Components {
		p.Settings = append(p.Settings, l.settingsOf(p, i)...)
		keys[perComponent] = append(keys[perComponent], firstOwn(p, c, registryOf))
		keys[fullName] = append(keys[fullName], firstOwn(p, c, repositoryOf))
	}
	for _, option := range nearest.Patterns {
		paths := sorted(keys[option.ID])
		option.Summary = "the registry is in " + strings.Join(paths, " and ")
		p.Patterns = append(p.Patterns, offered(option, len(paths) > 0, fullName, "chart "+p.ID+" has no key for it"))
	}
	slices.SortStableFunc(p.Patterns, possibleFirst)
	l.methods(p, nearest)
}

// offered is an option of another profile as far as this chart has keys for it.
func offered(o chart.Option, possible bool, as, missing string) chart.Option {
	out := chart.Option{ID: o.ID, Title: o.Title}
	if !possible {
		out.Missing, out.As = missing, as
		return out
	}
	out.Summary, out.Script, out.OneRegistry = o.Summary, o.Script, o.OneRegistry
	return out
}

func possibleFirst(a, b chart.Option) int {
	switch {
	case (a.Missing == "") == (b.Missing == ""):
		return 0
	case a.Missing == "":
		return -1
	}
	return 1
}

func registryOf(c chart.Component) chart.Chain   { return c.Registry }
func repositoryOf(c chart.Component) chart.Chain { return c.Repository }
func tagOf(c chart.Component) chart.Chain        { return c.Tag }
func policyOf(c chart.Component) chart.Chain     { return c.PullPolicy }

// firstShared is the first key of a part that all components read; "" when there is none, or one component.
func firstShared(p *chart.Profile, part func(chart.Component) chart.Chain) string {
	for _, path := range part(p.Components[0]).Paths {
		everywhere := !slices.ContainsFunc(p.Components, func(c chart.Component) bool {
			return !slices.Contains(part(c).Paths, path)
		})
		if everywhere && len(p.Components) > 1 {
			return path
		}
	}
	return ""
}

// firstOwn is the first key of a part that only this component reads; "" when there is none.
func firstOwn(p *chart.Profile, of chart.Component, part func(chart.Component) chart.Chain) string {
	for _, path := range part(of).Paths {
		elsewhere := slices.ContainsFunc(p.Components, func(c chart.Component) bool {
			return c.Name != of.Name && slices.Contains(part(c).Paths, path)
		})
		if !elsewhere {
			return path
		}
	}
	return ""
}

// settingsOf are the keys to write for a component; those that all share come with the first.
func (l *learner) settingsOf(p *chart.Profile, i int) []chart.Setting {
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
	add(firstOwn(p, c, registryOf), c.Name+".registry", global, perComponent)
	if len(c.Registry.Paths) > 0 {
		add(firstOwn(p, c, repositoryOf), c.Name+".repository", global, perComponent)
		add(firstOwn(p, c, repositoryOf), c.Name+".fullName", fullName)
		for _, path := range c.Registry.Paths { // a default would come before a full name
			if _, full := empty(l.key(path).standing); full {
				out = append(out, chart.Setting{Path: path, Literal: "", Patterns: []string{fullName}})
			}
		}
	} else {
		add(firstOwn(p, c, repositoryOf), c.Name+".fullName")
	}
	tag := firstOwn(p, c, tagOf)
	if firstShared(p, tagOf) == "" {
		add(tag, "tag")
	}
	add(tag, c.Name+".tag")
	add(firstOwn(p, c, policyOf), c.Name+".pullPolicy")
	return out
}

// methods are the ways to name a pull secret. Those whose secret the chart makes are taken over from a known profile
// when the chart does something with every key that they write.
func (l *learner) methods(p, nearest *chart.Profile) {
	missing := "chart " + p.ID + " has no key for it"
	names := l.pullKey()
	for _, option := range nearest.Methods {
		possible := option.ID == none
		switch option.ID {
		case global, existing:
			possible = names != nil
		default:
			for _, known := range l.options.Profiles {
				if written := l.madeBy(known, option.ID); len(written) > 0 && !possible {
					possible, option = true, known.Method(option.ID)
					p.Settings = append(p.Settings, written...)
				}
			}
		}
		if option.ID == global {
			option.Script = "kubectl"
		}
		p.Methods = append(p.Methods, offered(option, possible, "", missing))
	}
	slices.SortStableFunc(p.Methods, possibleFirst)
	if names == nil {
		return
	}
	setting := chart.Setting{Path: names.path, Value: "secret.name", Methods: []string{global, existing}}
	if _, isText := names.value.(string); !isText {
		setting.As = "nameList"
	}
	p.Settings = append(p.Settings, setting)
	if text, ok := names.standing.(string); ok && text != "" && setting.As == "" {
		p.Settings = append(p.Settings, chart.Setting{Path: names.path, Literal: "", Methods: []string{none}})
	}
}

// pullKey is the first key that names the pods' secret by itself, and takes a text or a list of names; nil when there
// is none.
func (l *learner) pullKey() *key {
	for _, rank := range l.orders[Part{l.components[0].Name, partPull}] {
		for _, k := range rank {
			if texts, isTexts := k.value.([]any); k.needs != nil || isTexts && texts[0] == k.marker {
				continue
			}
			return k
		}
	}
	return nil
}

// madeBy are the settings of a method with which a known chart makes the secret itself, if this one does something with
// all of them; else none.
func (l *learner) madeBy(known *chart.Profile, method string) []chart.Setting {
	o := known.Method(method)
	if o.Missing != "" || o.Script == "" || o.Script == "kubectl" {
		return nil
	}
	var out []chart.Setting
	for _, s := range known.Settings {
		if !slices.Contains(s.Methods, method) {
			continue
		}
		if l.key(s.Path).value == nil {
			return nil
		}
		out = append(out, s)
	}
	return out
}
