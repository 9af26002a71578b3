package lint

import (
	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

const pullSecretsIgnored = "pull-secrets-ignored"

// trapRules are about keys that the chart does not read, and about what an installation meets beside its images. The
// chart's profile knows the keys and words the findings.
func trapRules() []Rule {
	return []Rule{
		{
			ID: "other-chart-key", Severity: model.Warning, Title: "a key of another chart version",
			Why:      "the chart ignores it without a message, and the pods get something else",
			Fix:      "write this version's key; conductor-registry convert does it for the whole file",
			Resolved: true, check: (*checker).reportTraps,
		},
		{
			ID: pullSecretsIgnored, Severity: model.Warning, Title: "a pull secret named where the chart does not look",
			Why:     "the pods use another secret and cannot pull from your registry: ImagePullBackOff",
			Fix:     "name the secret in the key that the chart reads",
			Fixable: true, Resolved: true, check: (*checker).reportTraps,
		},
		{
			ID: "key-ignored", Severity: model.Warning, Title: "a key that the chart does not read, though it is documented or " +
				"usual in other charts",
			Why: "it has no effect", Fix: "set the key that the chart reads", Resolved: true, check: (*checker).reportTraps,
		},
		{
			ID: "key-without-effect", Severity: model.Info, Title: "a key that has no effect",
			Why: "it misleads readers of the file", Fix: "remove it", Fixable: true, Resolved: true,
			check: (*checker).reportTraps,
		},
		{
			ID: "image-credentials-always-on", Severity: model.Warning, Title: "imageCredentials cannot be disabled",
			Why: "the chart creates its secret orkesregistry all the same, and the pods use it",
			Fix: "name a secret of your own, where the chart can", Resolved: true, check: (*checker).reportTraps,
		},
		{
			ID: "custom-pull-secrets-ignored", Severity: model.Warning, Title: "customImagePullSecrets without effect",
			Why: "it is not enabled, or existingImagePullSecret comes first", Fix: "enable it, or remove one of the two",
			Resolved: true, check: (*checker).reportTraps,
		},
		{
			ID: "trust-store-for-pulls", Severity: model.Info, Title: "a trust store does not help to pull images",
			Why: "the container runtime of the node pulls them", Fix: "install the CA of your registry on the nodes",
			check: (*checker).reportTraps,
		},
		{
			ID: "workers-find-no-server", Severity: model.Warning, Title: "the workers look for a Service that does not exist",
			Why: "chart 2.8 names the Service after fullnameOverride, and the workers call server.name",
			Fix: "set fullnameOverride to the value of server.name", check: (*checker).reportTraps,
		},
	}
}

// reportTraps reports the traps of the rule that the values step into.
func (c *checker) reportTraps() {
	for _, t := range c.traps {
		if t.Rule == c.rule.ID {
			c.report(found{path: t.Path, severity: model.Severity(t.Severity), summary: t.Summary, why: t.Why, fix: t.Fix,
				changes: c.fixTrap(t)})
		}
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
