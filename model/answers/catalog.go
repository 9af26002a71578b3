package answers

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

// Catalog is what there is to choose from.
type Catalog struct {
	Registries *registry.Catalog
	Charts     []*chart.Profile // the default first
}

// Chart is the chart with that id, such as 2.8, or the release with that version, such as 2.7.40. The error says why
// there is none, in words that follow the name of an answer or a flag.
func (c *Catalog) Chart(id string) (*chart.Profile, error) {
	for _, p := range c.Charts {
		if found, known, err := p.Release(id); known {
			return found, err
		}
	}
	return nil, c.unknownChart(id)
}

// unknownChart says which charts there are, and which one may have been meant.
func (c *Catalog) unknownChart(id string) error {
	var known []string
	for _, p := range c.Charts {
		known = append(known, p.ID)
	}
	near := model.Nearest(id, known)
	if near == "" && strings.Count(id, ".") > 1 {
		near = chart.Nearest(c.Charts, id).ID
	}
	if near != "" {
		near = "; did you mean " + near + "?"
	}
	return fmt.Errorf("%q is not one of %s, nor one of their releases, such as %s%s", id, strings.Join(known, ", "),
		c.Charts[0].Version, near)
}

// Profile is the chart that was answered; the default one where that is missing or wrong.
func (c *Catalog) Profile(a *Answers) *chart.Profile {
	if id := a.Get("chart"); id != "" {
		if p, err := c.Chart(id); err == nil {
			return p
		}
	}
	return c.Charts[0]
}

// preset is the provider of fields, those of one registry; nil when it is not known.
func (c *Catalog) preset(fields map[string]string) *registry.Preset {
	p, ok := c.Registries.Preset(fields["provider"])
	if !ok {
		return nil
	}
	return p
}

// Components are the names of what the chart runs, from its profile.
func (c *Catalog) Components(a *Answers) []string {
	var names []string
	for _, component := range c.Profile(a).Components {
		names = append(names, component.Name)
	}
	return names
}

// Fields are the questions to ask, given what is answered so far, in order.
func (c *Catalog) Fields(a *Answers) []Field {
	profile := c.Profile(a)
	var fields []Field
	for _, path := range c.paths(a, profile) {
		if f, err := c.Field(a, path); err == nil {
			fields = append(fields, f)
		}
	}
	return fields
}

// paths are what Fields asks for, in order.
func (c *Catalog) paths(a *Answers, profile *chart.Profile) []string {
	paths := []string{"chart", "environments", "registry.provider"}
	common := c.details(a.In("").Registry(""))
	for _, f := range common {
		paths = append(paths, "registry."+f.ID)
	}
	for _, f := range common {
		for _, path := range each(a, "registry."+f.ID) {
			if f.PerEnvironment || a.Has(path) {
				paths = append(paths, path)
			}
		}
	}
	paths = append(paths, "pattern")
	for _, component := range profile.Components {
		scope := "components." + component.Name + ".registry."
		paths = append(paths, scope+"provider")
		if a.Has(scope + "provider") {
			for _, f := range c.details(a.In("").Registry(component.Name)) {
				paths = append(paths, scope+f.ID)
			}
		}
	}
	return append(paths, c.imagePaths(a, profile)...)
}

func (c *Catalog) imagePaths(a *Answers, profile *chart.Profile) []string {
	var paths []string
	for _, component := range profile.Components {
		paths = append(paths, "components."+component.Name+".repository")
	}
	paths = append(paths, "tag")
	paths = append(paths, each(a, "tag")...)
	for _, component := range profile.Components {
		if path := "components." + component.Name + ".tag"; a.Has(path) || profile.WritesIn(component.Name+".tag", "") {
			paths = append(paths, path)
		}
	}
	paths = append(paths, "pullPolicy")
	paths = append(paths, each(a, "pullPolicy")...)
	paths = append(paths, "pullSecret.method")
	for _, leaf := range []string{"name", "namespace"} {
		if leaf == "name" && !profile.Writes("secret.name", c.method(a)) {
			continue
		}
		paths = append(paths, "pullSecret."+leaf)
		paths = append(paths, each(a, "pullSecret."+leaf)...)
	}
	if c.asksUsername(a, profile) {
		paths = append(paths, "pullSecret.username")
	}
	return paths
}

// asksUsername tells whether there is a login to make whose user name is not the same for everybody.
func (c *Catalog) asksUsername(a *Answers, profile *chart.Profile) bool {
	preset := c.preset(a.In("").Registry(""))
	return preset != nil && preset.Login.Username == "" && profile.Method(c.method(a)).Script != ""
}

// each is path in every environment.
func each(a *Answers, path string) []string {
	var out []string
	for _, env := range a.Environments() {
		out = append(out, "environments."+env+"."+path)
	}
	return out
}

// details are the fields of a registry's provider that apply; none while it is not known.
func (c *Catalog) details(fields map[string]string) []registry.Field {
	preset := c.preset(fields)
	if preset == nil {
		return nil
	}
	return preset.Visible(fields)
}

// method is the pull-secret method answered, or the default.
func (c *Catalog) method(a *Answers) string {
	if method := a.Get("pullSecret.method"); method != "" {
		return method
	}
	return c.defaultMethod(a)
}

// defaultMethod is the chart's first one, unless the registries need no secret: then the first without one.
func (c *Catalog) defaultMethod(a *Answers) string {
	profile, needed := c.Profile(a), false
	for _, component := range c.Components(a) {
		preset := c.preset(a.Registry(component))
		needed = needed || preset == nil || !preset.Login.None
	}
	for _, method := range profile.Methods {
		secretless := method.Script == "" && !profile.Writes("secret.name", method.ID)
		if method.Missing == "" && needed != secretless {
			return method.ID
		}
	}
	return ""
}
