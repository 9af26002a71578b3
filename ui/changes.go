package ui

import (
	"github.com/aymanbagabas/go-udiff"

	"conductor-registry/model/plan"
)

// changes are the lines of each environment's values, counted from 0, that differ from those of the plan before.
func changes(before, after *plan.Plan) map[string]map[int]bool {
	out := map[string]map[int]bool{}
	if before == nil {
		return out
	}
	for i, env := range after.Environments {
		if i >= len(before.Environments) || before.Environments[i].Name != env.Name {
			continue
		}
		out[env.Name] = inserted(string(before.Environments[i].Values), string(env.Values))
	}
	return out
}

// inserted are the lines of now that old does not have there.
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
