package answers

import (
	"maps"

	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

// Effective is all that holds in one environment, with defaults and inheritance worked out. Each value names the path
// that decides it, for problems to point at.
type Effective struct {
	Environment string // "" when the answers name none
	Profile     *chart.Profile
	Pattern     Value // as answered; Profile.Chosen gives the one that is written
	Base        Value
	Under       Value                // the values file to write into; "" is none
	Registry    registry.Location    // that of components without a registry of their own; empty when there is none
	Components  []EffectiveComponent // in the order of the profile
	Secret      EffectiveSecret
}

// EffectiveComponent is all that holds for one component.
type EffectiveComponent struct {
	Name       string
	Provider   Value
	Preset     *registry.Preset // nil while the provider is missing or unknown
	Location   registry.Location
	Wrong      []registry.FieldError // what is missing or invalid in the fields of the registry
	Inherited  []Value               // the answers of the common registry that apply beside fields of its own
	Repository Value
	Tag        Value
	PullPolicy Value
}

// EffectiveSecret is all that holds for the pull secret.
type EffectiveSecret struct {
	Method    Value
	Name      Value
	Namespace Value
	Username  Value
}

// Effective returns what holds in each environment, in their order; one unnamed when the answers name none. Unfinished
// answers give as much as they can.
func (c *Catalog) Effective(a *Answers) []*Effective {
	var out []*Effective
	at := c.place(a)
	for _, env := range a.EnvironmentNames() {
		out = append(out, at.in(env, "").effective())
	}
	return out
}

func (at place) effective() *Effective {
	e := &Effective{Environment: at.env, Profile: at.profile(), Pattern: at.value("pattern"), Base: at.value("base"),
		Under: at.value("under"),
		Secret: EffectiveSecret{Method: at.value("pullSecret.method"), Name: at.value("pullSecret.name"),
			Namespace: at.value("pullSecret.namespace"), Username: at.value("pullSecret.username")}}
	fields := at.answers.Registry(at.env, "")
	preset, location, wrong := at.locate(fields)
	e.Registry = location
	for _, component := range e.Profile.Components {
		at := at.in(at.env, component.Name)
		c := EffectiveComponent{Name: at.component, Provider: at.value(ProviderLeaf), Preset: preset, Location: location,
			Wrong: wrong, Repository: at.value("repository"), Tag: at.value("tag"), PullPolicy: at.value("pullPolicy")}
		if own := at.answers.Registry(at.env, at.component); !maps.Equal(own, fields) {
			c.Preset, c.Location, c.Wrong = at.locate(own)
			if c.Preset != nil {
				c.Inherited = at.inherited(c.Preset)
			}
		}
		e.Components = append(e.Components, c)
	}
	return e
}

// inherited returns the fields of the registry that the component has no answer to, but the common registry has.
func (at place) inherited(preset *registry.Preset) []Value {
	var out []Value
	for _, f := range preset.Visible(at.answers.Registry(at.env, at.component)) {
		if v := at.answers.Lookup(at.path(registryPrefix + f.ID)); v.Answered && v.Path.Component == "" && v.Text != f.Default {
			out = append(out, v)
		}
	}
	return out
}

// locate returns the preset in force here, and where a registry with these fields is.
func (at place) locate(fields map[string]string) (*registry.Preset, registry.Location, []registry.FieldError) {
	preset := at.preset()
	if preset == nil {
		return nil, registry.Location{}, nil
	}
	location, wrong := preset.Locate(fields)
	return preset, location, wrong
}
