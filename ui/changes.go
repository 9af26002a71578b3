package ui

import (
	"github.com/aymanbagabas/go-udiff"

	"conductor-registry/model/plan"
)

// changes returns, by environment, the lines of its values that the plan before did not have, counted from 0.
func changes(before, after *plan.Plan) map[string]map[int]bool {
	out := map[string]map[int]bool{}
	if before == nil {
		return out
	}
	for i, env := range after.Environments {
		if i >= len(before.Environments) || before.Environments[i].Name != env.Name ||
			len(before.Environments[i].Values) == 0 {
			continue
		}
		out[env.Name] = inserted(string(before.Environments[i].Values), string(env.Values))
	}
	return out
}

// inserted returns the lines that now adds to old, counted from 0.
func inserted(old, now string) map[int]bool {
	if old == now {
		return nil
	}
	unified, err := udiff.ToUnifiedDiff("", "", old, udiff.Lines(old, now), 0)
	if err != nil {
		return nil
	}
	out := map[int]bool{}
	for _, hunk := range unified.Hunks {
		at := hunk.ToLine - 1
		for _, line := range hunk.Lines {
			if line.Kind == udiff.Insert {
				out[at] = true
			}
			if line.Kind != udiff.Delete {
				at++
			}
		}
	}
	return out
}
