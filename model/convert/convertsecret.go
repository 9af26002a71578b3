package convert

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/lint"
)

// secretLost is the rule for a pull secret that is not carried over.
const secretLost = "pull-secret-not-carried"

// pullSecretMethod returns the method of the new chart that gives the pods their secret, and the name of one that
// exists. It reports a secret that the chart cannot use.
func (c *conversion) pullSecretMethod(want pullSecret) (method, name string) {
	switch {
	case want.isNone:
		return noSecretMethod(c.to), ""
	case want.name != "" && existingMethod(c.to) != "":
		return existingMethod(c.to), want.name
	case want.method != "" && canUse(c.to, want.method):
		return want.method, ""
	case want != pullSecret{}:
		c.reportLostSecret(want)
	}
	return "", ""
}

// reportLostSecret reports a secret that the new chart cannot name or create. The chart's own words about the old key
// say why.
func (c *conversion) reportLostSecret(want pullSecret) {
	c.secretLost = true
	p := model.Problem{Rule: secretLost, Severity: model.Warning, Path: want.from}
	p.Why, p.Fix = c.advice(want.from)
	if want.name != "" {
		p.Summary = fmt.Sprintf("chart %s cannot use a secret that exists already, such as %s", c.to.ID, want.name)
		c.report(p)
		return
	}
	p.Summary = c.to.Method(want.method).Missing
	if p.Summary == "" {
		p.Summary = fmt.Sprintf("chart %s does not create this pull secret", c.to.ID)
	}
	p.Summary += " (the credentials here are removed)"
	if existingMethod(c.to) != "" {
		p.Why, p.Fix = "an upgrade deletes the secret that Helm created, so its name is not reused", c.createIt()
	}
	c.report(p)
}

// advice returns what the new chart's profile says of a key that it does not read, or else of one in the same table.
func (c *conversion) advice(path string) (why, fix string) {
	table := path[:strings.LastIndex(path, ".")+1]
	for _, p := range lint.Problems(c.to, c.old.values, c.to.Resolve(c.old.values)) {
		if p.Path == path {
			return p.Why, p.Fix
		}
		if table != "" && fix == "" && strings.HasPrefix(p.Path, table) {
			why, fix = p.Why, p.Fix
		}
	}
	return why, fix
}
