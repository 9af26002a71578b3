package lint

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/values"
)

const pullSecretsIgnored = "pull-secrets-ignored"

// reportTraps reports the traps that the values step into, in the words of the chart's profile.
func (c *checker) reportTraps() {
	for _, t := range c.traps {
		f := found{rule: t.Rule, path: t.Path, severity: model.Severity(t.Severity),
			summary: t.Summary, why: t.Why, fix: t.Fix}
		switch {
		case t.Drop:
			f.changes = []values.Change{{Path: t.Path, Remove: true}}
		case t.Secret != "":
			f.facts, f.fix, f.changes = c.nameSecret(t.Secret)
		}
		c.report(f)
	}
}

// nameSecret returns how to name in the right key the secret that other keys name, if it is one.
func (c *checker) nameSecret(key string) (facts, string, []values.Change) {
	var names []string
	for _, t := range c.traps {
		if t.Secret == key {
			value, _ := c.values.Lookup(t.Path)
			names = append(names, secretNames(value)...)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	known := facts{"key": key}
	switch {
	case len(names) != 1 || values.Placeholder(names[0]) != "":
		return known, "set {key} to the name of the secret that both pods use; " +
			"one secret can have credentials for several registries", nil
	case c.isSet(key):
		return known, "set {key} to " + quote(names[0]), nil
	}
	return known, "set {key} to " + quote(names[0]), []values.Change{{Path: key, Value: values.Quote(names[0])}}
}

// secretNames returns the names in a value that is a name, a mapping with a name, or a list of these.
func secretNames(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case map[string]any:
		return secretNames(value["name"])
	case []any:
		var out []string
		for _, item := range value {
			out = append(out, secretNames(item)...)
		}
		return out
	}
	return nil
}
