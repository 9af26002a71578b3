package inspect

import (
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// The patterns and methods of profiles that rendering can show.
const (
	global       = "global" // a registry for all components; a secret that the user creates
	perComponent = "per-component"
	fullName     = "full-name"
	existing     = "existing"
	none         = "none"
)

// chainParts returns the parts of a component that have a chain, in the order of chart.Component.Chains.
func chainParts() []string { return []string{partRegistry, partRepository, partTag, partPolicy} }

// firstKey returns the first key of a component's part that all components read, or that no other one reads; "" when
// there is no such key. Only with two components is a key shared.
func (n *inspection) firstKey(c chart.Component, part string, isShared bool) string {
	at := slices.Index(chainParts(), part)
	for _, path := range c.Chains()[at].Paths {
		readers := 0
		for _, other := range n.profile.Components {
			if slices.Contains(other.Chains()[at].Paths, path) {
				readers++
			}
		}
		if isShared && readers > 1 && readers == len(n.profile.Components) || !isShared && readers == 1 {
			return path
		}
	}
	return ""
}

// addSettings adds the patterns that the chart has keys for, and the keys to write. Titles are those of the nearest
// known profile.
func (n *inspection) addSettings() {
	p := n.profile
	first := p.Components[0]
	keys := map[string][]string{global: {n.firstKey(first, partRegistry, true)}}
	n.addSetting(n.firstKey(first, partRegistry, true), "registry", global)
	n.addSetting(n.firstKey(first, partTag, true), "tag")
	n.addSetting(n.firstKey(first, partPolicy, true), "pullPolicy")
	for _, c := range p.Components {
		n.addSettingsOf(c)
		keys[perComponent] = append(keys[perComponent], n.firstKey(c, partRegistry, false))
		keys[fullName] = append(keys[fullName], n.firstKey(c, partRepository, false))
	}
	for _, option := range n.nearest.Patterns {
		paths := sorted(keys[option.ID])
		option.Summary = "the registry is in " + strings.Join(paths, " and ")
		p.Patterns = append(p.Patterns, n.option(option, len(paths) > 0, fullName))
	}
	slices.SortStableFunc(p.Patterns, possibleFirst)
}

// addSettingsOf adds the keys to write for one component.
func (n *inspection) addSettingsOf(c chart.Component) {
	repository, tag := n.firstKey(c, partRepository, false), n.firstKey(c, partTag, false)
	n.addSetting(n.firstKey(c, partRegistry, false), c.Name+".registry", global, perComponent)
	if len(c.Registry.Paths) == 0 {
		n.addSetting(repository, c.Name+".fullName")
	} else {
		n.addSetting(repository, c.Name+".repository", global, perComponent)
		n.addSetting(repository, c.Name+".fullName", fullName)
	}
	for _, path := range c.Registry.Paths { // a default would be put before a full name
		if _, isFull := emptied(n.key(path).initial); isFull {
			n.profile.Settings = append(n.profile.Settings,
				chart.Setting{Path: path, Literal: "", Patterns: []string{fullName}})
		}
	}
	if n.firstKey(c, partTag, true) == "" {
		n.addSetting(tag, "tag")
	}
	n.addSetting(tag, c.Name+".tag")
	n.addSetting(n.firstKey(c, partPolicy, false), c.Name+".pullPolicy")
}

// addSetting adds a key to write, if there is one.
func (n *inspection) addSetting(path, fact string, patterns ...string) {
	if path != "" {
		n.profile.Settings = append(n.profile.Settings, chart.Setting{Path: path, Value: fact, Patterns: patterns})
	}
}

// option returns an option of another profile, as possible in this chart or as missing; as is the option to take
// instead.
func (n *inspection) option(o chart.Option, isPossible bool, as string) chart.Option {
	out := chart.Option{ID: o.ID, Title: o.Title}
	if !isPossible {
		out.Missing, out.As = "chart "+n.profile.ID+" has no key for it", as
		return out
	}
	out.Summary, out.Script, out.OneRegistry = o.Summary, o.Script, o.OneRegistry
	return out
}

func possibleFirst(a, b chart.Option) int {
	return len(a.Missing) - len(b.Missing) // all that are missing have the same text
}

// addMethods adds the ways to name a pull secret. Those where the chart creates the secret are taken over from a known
// profile when the chart reads every key that they write.
func (n *inspection) addMethods() {
	p, names := n.profile, n.pullKey()
	for _, option := range n.nearest.Methods {
		isPossible := option.ID == none
		switch option.ID {
		case global, existing:
			isPossible = names != nil
		default:
			for _, known := range n.Profiles {
				if written := n.createdBy(known, option.ID); len(written) > 0 && !isPossible {
					isPossible, option = true, known.Method(option.ID)
					p.Settings = append(p.Settings, written...)
				}
			}
		}
		if option.ID == global {
			option.Script = "kubectl"
		}
		p.Methods = append(p.Methods, n.option(option, isPossible, ""))
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

// pullKey returns the first key that names the pods' secret without another key, as a text or in a list of maps, or
// nil.
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

// addRules adds the defaults, keys and schema of this chart, and what it refuses to render without.
func (n *inspection) addRules() {
	paths := slices.Clone(n.placeholders)
	for _, k := range n.keys {
		paths = append(paths, k.path)
	}
	n.profile.Keys = n.knownKeys()
	own, blank := valuesAt(n.Chart.Values, paths), settings{}
	for _, k := range n.keys { // a text that sets no image, policy or secret's name can be a password
		if none, isFull := emptied(lookup(own, k.path)); isFull && !k.isShown() {
			blank[k.path] = none
		}
	}
	n.profile.Defaults = blank.over(own)
	n.profile.Schema = chart.Schema{Types: n.schema.types, Required: n.schema.required}
	for _, path := range n.placeholders {
		if refused := n.chart.render(settings{path: ""}).refused; refused != "" {
			n.profile.Steps = append(n.profile.Steps, chart.Step{Content: path, Message: reasonOf(refused)})
		}
	}
}

// knownKeys returns the chart's top-level keys, the keys that set something, and all keys of the mappings that they are
// in.
func (n *inspection) knownKeys() []string {
	out := slices.Collect(maps.Keys(n.Chart.Values))
	for _, k := range n.keys {
		for mapping := k.path; k.value != nil && mapping != ""; mapping, _ = values.CutKey(mapping) {
			out = append(out, mapping)
			below, _ := lookup(n.Chart.Values, mapping).(map[string]any)
			for name := range below {
				out = append(out, mapping+"."+name)
			}
		}
	}
	return sorted(out)
}
