package answers

import "strings"

// Flag is the command-line flag of one question.
type Flag struct {
	Path   string
	Name   string // without dashes
	Help   string
	Values []string // what can be chosen; none: any text
	Rare   bool     // not worth a line in the help: a component's own registry
}

// Flags are the flags of all questions that may ever come up, whatever the provider.
func (c *Catalog) Flags() []Flag {
	var out []Flag
	add := func(path, help string, values []string, rare bool) {
		out = append(out, Flag{Path: path, Name: FlagName(path), Help: help, Values: values, Rare: rare})
	}
	charts := make([]string, len(c.Charts))
	for i, p := range c.Charts {
		charts[i] = p.ID
	}
	profile := c.Charts[0]
	add("chart", "chart to write for: "+strings.Join(charts, ", "), charts, false)
	add("environments", "a set of files for each of these, such as dev,prod", nil, false)
	add("pattern", "how the registry is written", ids(options(profile.Patterns)), false)
	providers := question{catalog: c}.providers()
	add("registry.provider", "where the images are: "+strings.Join(providers, ", "), providers, false)
	details, helps := c.allDetails()
	for _, id := range details {
		add("registry."+id, helps[id], nil, false)
	}
	add("tag", "tag of both images, such as "+profile.AppVersion+" or 5.2.42@sha256:...", nil, false)
	policies := []string{"Always", "IfNotPresent", "Never"}
	add("pullPolicy", strings.Join(policies, ", "), policies, false)
	for _, component := range profile.Components {
		scope := "components." + component.Name + "."
		add(scope+"repository", "image path of "+component.Name+" below the registry", nil, false)
		add(scope+"tag", "tag of "+component.Name+", where it differs", nil, false)
		add(scope+"pullPolicy", "pull policy of "+component.Name+", where it differs", policies, true)
		add(scope+"registry.provider", "registry of "+component.Name+", where it differs", providers, false)
		for _, id := range details {
			add(scope+"registry."+id, helps[id], nil, true)
		}
	}
	add("pullSecret.method", "how the pods log in", ids(options(profile.Methods)), false)
	add("pullSecret.name", "name of the pull secret", nil, false)
	add("pullSecret.namespace", "namespace that the pods run in", nil, false)
	add("pullSecret.username", "user name of the login, if it is to be in the script", nil, false)
	return out
}

// allDetails are the ids of all presets' fields, each once, with the providers that have it.
func (c *Catalog) allDetails() (ids []string, helps map[string]string) {
	providers := map[string][]string{}
	helps = map[string]string{}
	all, _ := c.Registries.All() // what can't be read is told when it is chosen
	for _, p := range all {
		for _, f := range p.Fields {
			if providers[f.ID] == nil {
				ids = append(ids, f.ID)
			}
			providers[f.ID] = append(providers[f.ID], p.ID)
			helps[f.ID] = strings.ToLower(f.Label) + " (" + strings.Join(providers[f.ID], ", ") + ")"
		}
	}
	return ids, helps
}

func ids(choices []Choice) []string {
	var out []string
	for _, c := range choices {
		if c.Missing == "" {
			out = append(out, c.Value)
		}
	}
	return out
}
