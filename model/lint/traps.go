package lint

import (
	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

const pullSecretsIgnored = "pull-secrets-ignored"

// reportTraps reports the traps that the values step into, in the words of the chart's profile.
func (c *checker) reportTraps() {
	for _, t := range c.traps {
		c.report(found{rule: t.Rule, path: t.Path, severity: model.Severity(t.Severity), summary: t.Summary, why: t.Why,
			fix: t.Fix, changes: c.fixTrap(t)})
	}
}

// fixTrap returns the edits that get the values out of a trap, where the profile knows them: the key can go, or the one
// secret that it names belongs in another key, if that is free.
func (c *checker) fixTrap(t chart.TriggeredTrap) []values.Change {
	if t.Drop {
		return []values.Change{{Path: t.Path, Remove: true}}
	}
	value, _ := c.values.Lookup(t.Path)
	if list, ok := value.([]any); ok && len(list) == 1 {
		value = list[0]
	}
	if table, ok := value.(map[string]any); ok {
		value = table["name"]
	}
	name, _ := value.(string)
	if t.Secret == "" || name == "" || c.isSet(t.Secret) {
		return nil
	}
	return []values.Change{{Path: t.Secret, Value: values.Quote(name)}}
}
