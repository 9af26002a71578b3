package answers

import (
	"slices"
	"strings"

	"conductor-registry/model/registry"
)

// Flag is the command-line flag of one question.
type Flag struct {
	Path   string
	Name   string   // without dashes
	Help   string   //
	Values []string // what can be chosen; none: any text
	Offers []string // what shells offer beside Values; other text is accepted
	Rare   bool     // for one component, and not asked by the wizard: the help leaves it out
}

// Flags returns the flags of all questions that may ever be asked, whatever the provider.
func (c *Catalog) Flags() []Flag {
	at := c.place(New())
	fields := c.registryFlags()
	var out []Flag
	for _, q := range at.questions {
		if q.scope.common && q.flag != "" {
			out = append(out, q.commandFlag(at, q.flag))
		}
		if q.leaf == ProviderLeaf {
			out = append(out, fields...)
		}
	}
	for _, component := range c.Charts.Default().ComponentNames() {
		at := at.in("", component)
		for _, q := range at.questions {
			if q.scope.component {
				flag := q.commandFlag(at, component+" "+uncapitalized(q.label)+", where it differs")
				flag.Rare = q.leaf == "pullPolicy"
				if !q.scope.common {
					flag.Help = component + " " + uncapitalized(q.label) + "; " + q.help
				}
				out = append(out, flag)
			}
		}
		for _, f := range fields {
			path := Path{Component: component, Leaf: f.Path}.String()
			out = append(out, Flag{Path: path, Name: FlagName(path), Help: f.Help, Rare: true})
		}
	}
	return out
}

// commandFlag returns the flag of a question for all components or for one.
func (q question) commandFlag(at place, help string) Flag {
	path := at.path(q.leaf).String()
	flag := Flag{Path: path, Name: FlagName(path), Help: help}
	if q.choices == nil {
		return flag
	}
	for _, c := range q.choices(at) {
		if c.Missing == "" && c.Value != "" {
			flag.Values = append(flag.Values, c.Value)
		}
	}
	return flag
}

// registryFlags returns a flag for each field of any preset, with the presets that have it.
func (c *Catalog) registryFlags() []Flag {
	var out []Flag
	providers := map[string][]string{}
	all, _ := c.Registries.All() // a preset that cannot be read is reported when it is chosen
	for _, p := range all {
		for _, f := range p.Fields {
			if providers[f.ID] == nil {
				path := registryPrefix + f.ID
				out = append(out, Flag{Path: path, Name: FlagName(path), Help: f.Label})
			}
			providers[f.ID] = append(providers[f.ID], p.ID)
			i := slices.IndexFunc(out, func(flag Flag) bool { return flag.Path == registryPrefix+f.ID })
			out[i].Offers = union(out[i].Offers, offers(f))
		}
	}
	for i := range out {
		text := "most registries"
		if ids := providers[strings.TrimPrefix(out[i].Path, registryPrefix)]; len(ids) <= len(all)/2 {
			text = strings.Join(ids, ", ")
		}
		out[i].Help += " (" + text + ")"
	}
	return out
}

// offers returns the answers of a field that shells offer.
func offers(f registry.Field) []string {
	out := slices.Clone(f.Suggest)
	for _, choice := range f.Choices {
		if choice.Value != "" {
			out = append(out, choice.Value)
		}
	}
	return out
}

// union returns the texts of both lists, each once.
func union(a, b []string) []string {
	for _, text := range b {
		if !slices.Contains(a, text) {
			a = append(a, text)
		}
	}
	return a
}
