package convert

import (
	"cmp"
	"fmt"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
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
	case want.name != "" || want.method != "":
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
		p.Why, p.Fix = "an upgrade deletes the secret that Helm created, so its name is not reused", c.createHint()
	}
	c.report(p)
}

// advice returns what the new chart's profile says of a key that it does not read, or else of one in the same mapping.
func (c *conversion) advice(path string) (why, fix string) {
	mapping, _ := values.CutKey(path)
	for _, p := range lint.Problems(c.to, c.old.values, c.to.Resolve(c.old.values)) {
		if p.Path == path {
			return p.Why, p.Fix
		}
		if mapping != "" && fix == "" && isBelow(p.Path, []string{mapping}) {
			why, fix = p.Why, p.Fix
		}
	}
	return why, fix
}

// reportPullSecret compares the pull secrets. A secret that the old file leaves to the chart may be one that the user
// created.
func (c *conversion) reportPullSecret(want pullSecret) {
	was, _ := c.old.pullSecrets()
	now, _ := c.new.pullSecrets()
	isKept := len(chart.Diff(c.old.resolution, c.new.resolution, chart.PullSecretsPart)) == 0
	if want.isUnread {
		isKept = len(now) == 1 && fmt.Sprint(now[0]) == want.name
	}
	p := model.Problem{Rule: secretLost, Severity: model.Warning, Path: want.from}
	switch {
	case isKept || c.secretLost:
		return
	case want.isNone:
		p.Summary = fmt.Sprintf("the pods have no pull secret, and with chart %s they use %v", c.to.ID, now[0])
		p.Why, p.Fix = c.to.Method(noSecretMethod(c.to)).Note, "let the nodes pull with their own identity"
	case want != pullSecret{}:
		p.Summary = fmt.Sprintf("the pull secret changes from %v to %v", was, now)
		p.Fix = "name another secret"
	default:
		p = c.otherDefault(was, now)
	}
	c.report(p)
}

// otherDefault is the problem of pods that use another secret because the file leaves it to the chart.
func (c *conversion) otherDefault(was, now []any) model.Problem {
	p := model.Problem{Rule: "pull-secret-default", Severity: model.Warning, File: c.old.file.Name,
		Summary: fmt.Sprintf("the file does not set the pull secret: chart %s uses %s, and chart %s uses %s",
			c.old.profile.ID, c.old.withOwner(was), c.to.ID, c.new.withOwner(now))}
	switch {
	case len(now) > 0 && !c.new.creates(now[0]):
		p.Fix = c.createHint() + c.noSecretHint()
	case existingMethod(c.to) != "":
		p.Fix = "to keep using your secret, name it in " + firstSetting(c.to, func(s chart.Setting) bool {
			return s.Value == nameFact && s.Applies("", existingMethod(c.to))
		}).Path
	default:
		p.Fix = "pass the credentials to Helm at install time, in " + cmp.Or(firstCredentialsTable(c.to), "its values")
	}
	return p
}

// withOwner returns the name of a secret and who creates it.
func (r *reading) withOwner(names []any) string {
	switch {
	case len(names) == 0:
		return "none"
	case r.creates(names[0]):
		return fmt.Sprintf("%v (created by Helm)", names[0])
	}
	return fmt.Sprintf("%v (created by you)", names[0])
}

// createHint says how to create the secret that the new chart's pods name.
func (c *conversion) createHint() string {
	return fmt.Sprintf("to create it, run \"conductor-registry secret -f FILE --chart-version %s\" with the new file",
		c.to.Version)
}

// noSecretHint says how to use no secret, if the new chart has a key for that.
func (c *conversion) noSecretHint() string {
	s := firstSetting(c.to, func(s chart.Setting) bool {
		return s.Literal != nil && slices.Contains(s.Methods, noSecretMethod(c.to))
	})
	if s.Path == "" {
		return ""
	}
	return fmt.Sprintf("; if nodes pull with their own identity, set %s to %q", s.Path, s.Literal)
}

func firstCredentialsTable(p *chart.Profile) string {
	for _, m := range p.Methods {
		if mapping := credentialsMapping(p, m.ID); mapping != "" {
			return mapping
		}
	}
	return ""
}
