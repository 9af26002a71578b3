package chart

import (
	"strings"

	"conductor-registry/model/values"
)

// Condition is a test of the merged values: "a.b" holds when that value is not empty, "a.b=true" when it prints as true,
// "a.b==c.d" when it prints as the other value, "!…" when the rest does not hold, "… or …" when one of the sides does.
type Condition string

func (c Condition) holds(tree map[string]any) bool {
	for term := range strings.SplitSeq(string(c), " or ") {
		term, negated := strings.CutPrefix(term, "!")
		path, want, compare := strings.Cut(term, "=")
		value, found := values.Find(tree, path)
		held := !empty(value)
		if other, isPath := strings.CutPrefix(want, "="); isPath {
			same, _ := values.Find(tree, other)
			held = found && printed(value) == printed(same)
		} else if compare {
			held = found && printed(value) == want
		}
		if held != negated {
			return true
		}
	}
	return false
}

func allHold(conditions []Condition, tree map[string]any) bool {
	for _, c := range conditions {
		if !c.holds(tree) {
			return false
		}
	}
	return true
}

// applies reports whether all of when hold and not all of unless; an empty unless excludes nothing.
func applies(when, unless []Condition, tree map[string]any) bool {
	return allHold(when, tree) && (len(unless) == 0 || !allHold(unless, tree))
}
