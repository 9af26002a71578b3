package chart

import "conductor-registry/model/values"

// TriggeredTrap is a trap that values step into, with the key that does; "" for a trap of conditions only.
type TriggeredTrap struct {
	Trap
	Path string
}

// Triggered returns the traps and the advice that the values step into, in the profile's order.
func (p *Profile) Triggered(v *values.Values) (traps, advice []TriggeredTrap) {
	tree := values.Coalesce(p.Defaults, v.Tree())
	return triggered(p.Traps, v, tree), triggered(p.Advice, v, tree)
}

// triggered returns those of the traps whose conditions hold on the merged values and whose keys the user set.
func triggered(traps []Trap, v *values.Values, merged map[string]any) []TriggeredTrap {
	var out []TriggeredTrap
	for _, trap := range traps {
		if !applies(trap.When, trap.Unless, merged) {
			continue
		}
		if len(trap.Paths) == 0 {
			out = append(out, TriggeredTrap{Trap: trap})
		}
		for _, path := range trap.Paths {
			if value, ok := values.Find(v.Tree(), path); ok && isGiven(value) {
				out = append(out, TriggeredTrap{trap, path})
			}
		}
	}
	return out
}

// isGiven reports whether a value says something: false and 0 do, null and "" do not.
func isGiven(value any) bool {
	switch value.(type) {
	case nil, string, map[string]any, []any:
		return !empty(value)
	}
	return true
}
