package inspect

import (
	"cmp"
	"slices"

	"conductor-registry/model/chart"
)

// State says whether a key has an effect.
type State string

// The states, in the order of the report.
const (
	Read     State = "read"     // sets something in the chart as it is
	Switched State = "switched" // sets something once another key is set
	Shadowed State = "shadowed" // sets something once the defaults that override it are empty
	Refused  State = "refused"  // helm refuses the values
	Ignored  State = "ignored"  // sets nothing
)

// Report is what the chart does with the keys.
type Report struct {
	FormatVersion string         `json:"formatVersion"`
	Helm          string         `json:"helm"`
	Chart         chart.Identity `json:"chart"`
	Placeholders  []string       `json:"standIns"` // required files that got a placeholder
	Renderings    int            `json:"renderings"`
	Components    []Component    `json:"components"`
	Secrets       []Secret       `json:"secrets"` // pull secrets that the chart can create
	Keys          []Key          `json:"keys"`
	Like          Likeness       `json:"like"`

	Draft []byte `json:"-"` // a profile file
}

// Component is what a container gets in the chart as it is, and the keys that set it.
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

// Likeness is the most similar known profile.
type Likeness struct {
	Profile     string   `json:"profile"`
	Differences []string `json:"differences"`
}

// Chain is the keys of a part, the one that wins first, and what is left when all are empty.
type Chain struct {
	Paths []string `json:"paths"`
	Else  string   `json:"else,omitempty"`
}

// Secret is a pull secret that the chart creates while all conditions hold.
type Secret struct {
	Name string   `json:"name,omitempty"` // fixed
	Path string   `json:"path,omitempty"` // or the key that sets it
	When []string `json:"when,omitempty"`
}

// Key is what was found out about one key.
type Key struct {
	Path      string  `json:"path"`
	State     State   `json:"state"`
	Default   any     `json:"default,omitempty"` // its value before any test; only where it cannot be a password
	Reaches   []Reach `json:"reaches,omitempty"`
	Needs     string  `json:"needs,omitempty"`     // a condition, as in profiles
	Mandatory string  `json:"mandatory,omitempty"` // helm's words when it is empty
	Said      string  `json:"said,omitempty"`      // helm's words when it is refused, or when a tag is a number
}

// Reach is a part that a key sets.
type Reach struct {
	Part
	After    []string `json:"after,omitempty"`    // keys that override it
	HiddenBy []string `json:"hiddenBy,omitempty"` // those of them whose default does
}

func (n *inspection) report(helm string) *Report {
	out := &Report{FormatVersion: "1", Helm: helm, Chart: n.profile.Identity(),
		Placeholders: append([]string{}, n.placeholders...), Renderings: len(n.chart.known), Components: []Component{},
		Secrets: []Secret{}, Like: n.like}
	for _, c := range n.components {
		c.Chains = map[string]Chain{}
		for i, chain := range c.chains.Chains() {
			if len(chain.Paths) > 0 || chain.Else != "" {
				c.Chains[chainParts()[i]] = Chain{append([]string{}, chain.Paths...), chain.Else}
			}
		}
		out.Components = append(out.Components, c.Component)
	}
	for _, s := range n.profile.Secrets {
		out.Secrets = append(out.Secrets, Secret{s.Literal, s.Path, texts(s.When)})
	}
	for _, k := range n.keys {
		out.Keys = append(out.Keys, n.reportKey(k))
	}
	states := []State{Read, Switched, Shadowed, Refused, Ignored}
	slices.SortStableFunc(out.Keys, func(a, b Key) int {
		return cmp.Compare(slices.Index(states, a.State), slices.Index(states, b.State))
	})
	return out
}

func (n *inspection) reportKey(k *key) Key {
	out := Key{Path: k.path, State: k.state(), Mandatory: reasonOf(k.mandatory)}
	if k.isShown() {
		out.Default = k.initial
	}
	if k.needs != nil {
		out.Needs = string(k.needs.condition(true))
	}
	switch {
	case out.State == Refused:
		out.Said = reasonOf(k.refused)
	case k.reachesAny(partTag):
		out.Said = reasonOf(k.number)
	}
	for _, part := range k.reaches {
		r := Reach{Part: part}
		ranks := n.orders[part.place()]
		own := slices.IndexFunc(ranks, func(r rank) bool { return slices.Contains(r, k) })
		for _, other := range slices.Concat(ranks[:max(own, 0)]...) {
			r.After = append(r.After, other.path)
			if _, isFull := emptied(other.initial); isFull && !slices.Contains(k.asIs, part) {
				r.HiddenBy = append(r.HiddenBy, other.path)
			}
		}
		out.Reaches = append(out.Reaches, r)
	}
	return out
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
