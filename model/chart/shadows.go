package chart

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/values"
)

// Shadow is a key of the user's that has no effect, since a default of the chart for another key comes first.
type Shadow struct {
	Path    string   // the key without effect
	Value   string   // its value, as it would be printed
	Default string   // the chart's value that wins
	Winners []string // the keys whose defaults win, in the order of components and parts
}

// Shadows returns the keys of the values that the chart's own defaults hide. A key that several chains share is one
// shadow.
func (p *Profile) Shadows(v *values.Values, r *Resolution) []Shadow {
	var found []Shadow
	for _, c := range p.Components {
		resolved := r.Components[c.Name]
		if resolved == nil {
			continue
		}
		won := resolved.Trace.Origins()
		for i, chain := range c.Chains() {
			found = addShadows(found, chain, won[i], v.Tree())
		}
	}
	return found
}

// addShadows adds the keys that come later in the chain than the default that won, and would give something else.
func addShadows(found []Shadow, chain Chain, won Origin, tree map[string]any) []Shadow {
	winner, isDefault := strings.CutPrefix(won.From, "chart default ")
	if !isDefault {
		return found
	}
	for _, path := range chain.Paths[slices.Index(chain.Paths, winner)+1:] {
		value, set := values.Find(tree, path)
		if !set || empty(value) || printed(value) == won.Value {
			continue
		}
		known := slices.IndexFunc(found, func(s Shadow) bool { return s.Path == path })
		if known < 0 {
			known = len(found)
			found = append(found, Shadow{Path: path, Value: printed(value), Default: fmt.Sprint(won.Value)})
		}
		found[known].Winners = append(found[known].Winners, winner)
	}
	return found
}
