package inspect

import (
	"cmp"
	"slices"

	"conductor-registry/model/chart"
)

// State is what becomes of a key.
type State string

// The states, in the order in which people want to read them.
const (
	Read     State = "read"     // reaches something as the chart is
	Switched State = "switched" // reaches something once another key is set
	Shadowed State = "shadowed" // reaches something only when the defaults before it are emptied
	Refused  State = "refused"  // helm refuses the values that have it
	Ignored  State = "ignored"  // reaches nothing
)

func states() []State { return []State{Read, Switched, Shadowed, Refused, Ignored} }

// Report is what a chart does with the keys.
type Report struct {
	FormatVersion string         `json:"formatVersion"`
	Helm          string         `json:"helm"`
	Chart         chart.Identity `json:"chart"`
	StandIns      []string       `json:"standIns"` // required files that something stood in for
	Renderings    int            `json:"renderings"`
	Components    []Component    `json:"components"`
	Secrets       []Secret       `json:"secrets"` // that the chart can make
	Keys          []Key          `json:"keys"`
	Like          Likeness       `json:"like"`

	Draft []byte `json:"-"` // what was learnt as a profile file
}

// Component is what a container gets from the chart as it is, and the keys that decide it, the first one first.
type Component struct {
	Name        string           `json:"name"`
	Kind        string           `json:"kind"`
	Pod         string           `json:"pod"`
	Container   string           `json:"container"`
	Image       string           `json:"image"`
	PullPolicy  string           `json:"pullPolicy"`
	PullSecrets []string         `json:"pullSecrets"`
	Chains      map[string]Chain `json:"chains"` // by part
}

// Chain is the keys of a part, and what is left when all are empty.
type Chain struct {
	Paths []string `json:"paths"`
	Else  string   `json:"else,omitempty"`
}

// Secret is a pull secret that the chart makes while all conditions hold.
type Secret struct {
	Name string   `json:"name,omitempty"` // fixed
	Path string   `json:"path,omitempty"` // or the key that has it
	When []string `json:"when,omitempty"`
}

// Key is what was learnt of one key.
type Key struct {
	Path      string  `json:"path"`
	State     State   `json:"state"`
	Default   any     `json:"default,omitempty"` // what an image, policy or secret name has there before
	Reaches   []Reach `json:"reaches,omitempty"`
	Needs     string  `json:"needs,omitempty"`     // a condition, as in profiles
	Mandatory string  `json:"mandatory,omitempty"` // helm's words when it is emptied
	Said      string  `json:"said,omitempty"`      // helm's words when it is refused, or when a tag is a number
}

// Reach is a part that a key reaches.
type Reach struct {
	Part
	After    []string `json:"after,omitempty"`    // keys that come before it
	HiddenBy []string `json:"hiddenBy,omitempty"` // those of them whose default hides it
}

// report words what was learnt.
func (l *learner) report(helm string, p *chart.Profile) *Report {
	out := &Report{FormatVersion: "1", Helm: helm, Chart: chart.Identity{Name: p.Name, Version: p.Version,
		AppVersion: p.AppVersion}, StandIns: append([]string{}, l.standIns...), Renderings: len(l.chart.known),
		Components: []Component{}, Secrets: []Secret{}, Like: nearest(l.options.Profiles, p)}
	for i, c := range l.components {
		s := l.asIs.find(c)
		out.Components = append(out.Components, Component{c.Name, c.Kind, c.Pod, c.Container, s.image, s.policy,
			append([]string{}, s.secrets...), chains(l.found[i])})
	}
	for _, s := range p.Secrets {
		out.Secrets = append(out.Secrets, Secret{s.Literal, s.Path, texts(s.When)})
	}
	for _, k := range l.keys {
		out.Keys = append(out.Keys, l.reported(k))
	}
	slices.SortStableFunc(out.Keys, func(a, b Key) int {
		return cmp.Compare(slices.Index(states(), a.State), slices.Index(states(), b.State))
	})
	return out
}

func chains(c chart.Component) map[string]Chain {
	out := map[string]Chain{}
	for part, chain := range parts(c) {
		if len(chain.Paths) > 0 || chain.Else != "" {
			out[part] = Chain{append([]string{}, chain.Paths...), chain.Else}
		}
	}
	return out
}

// parts are the chains of a component by their parts.
func parts(c chart.Component) map[string]chart.Chain {
	return map[string]chart.Chain{partRegistry: c.Registry, partRepository: c.Repository, partTag: c.Tag,
		partPolicy: c.PullPolicy}
}

func texts(conditions []chart.Condition) []string {
	var out []string
	for _, c := range conditions {
		out = append(out, string(c))
	}
	return out
}

func (l *learner) reported(k *key) Key {
	out := Key{Path: k.path, State: k.state(), Mandatory: brief(l.mandatory[k])}
	if k.names() {
		out.Default = k.standing
	}
	if k.needs != nil {
		out.Needs = string(k.needs.condition(true))
	}
	switch {
	case out.State == Refused:
		out.Said = brief(k.refused)
	case slices.ContainsFunc(k.reaches, func(p Part) bool { return p.Name == partTag }):
		out.Said = brief(k.number)
	}
	for _, part := range k.reaches {
		r := Reach{Part: part}
		ranks := l.orders[places([]Part{part})[0]]
		own := slices.IndexFunc(ranks, func(r rank) bool { return slices.Contains(r, k) })
		for _, other := range slices.Concat(ranks[:max(own, 0)]...) {
			r.After = append(r.After, other.path)
			if _, full := empty(other.standing); full && !slices.Contains(k.asIs, part) {
				r.HiddenBy = append(r.HiddenBy, other.path)
			}
		}
		out.Reaches = append(out.Reaches, r)
	}
	return out
}

// names tells whether the key reaches an image, a policy or the name of a secret, and not only a login.
func (k *key) names() bool {
	return slices.ContainsFunc(k.reaches, func(p Part) bool { return p.Name != partLogin })
}

func (k *key) state() State {
	switch {
	case len(k.asIs) > 0:
		return Read
	case k.needs != nil && len(k.reaches) > 0:
		return Switched
	case len(k.reaches) > 0:
		return Shadowed
	case k.refused != "" && !k.accepted:
		return Refused
	}
	return Ignored
}
