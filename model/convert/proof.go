package convert

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
)

// change words a difference.
func change(d chart.Difference) string {
	return fmt.Sprintf("the %s of %s changes from %q to %q", d.Part.Words(), d.Component, fmt.Sprint(d.Want), fmt.Sprint(d.Got))
}

// prove compares what the pods get from the new file with what the old one decides.
func (c *conversion) prove(want intent) {
	var defaults []string
	for _, d := range chart.Diff(want.Resolution, c.new.resolution, chart.NamePart, chart.TagPart, chart.PullPolicyPart) {
		key := c.old.setBy(d.WantFrom...)
		if key == "" {
			defaults = append(defaults, fmt.Sprintf("the %s of %s from %v to %v", d.Part.Words(), d.Component, d.Want, d.Got))
			continue
		}
		c.report(model.Problem{Rule: "not-carried", Severity: model.Warning, Path: key, Summary: change(d),
			Why: fmt.Sprintf("no key of chart %s gives it that value", c.to.ID), Fix: "change it in the old file first"})
	}
	if len(defaults) > 0 {
		c.report(model.Problem{Rule: "chart-default-changes", Severity: model.Info, File: c.old.source.Name,
			Summary: "chart defaults change: " + strings.Join(defaults, ", "),
			Fix:     "set them in the file to keep the old values"})
	}
	c.provePullSecret(want.secret)
}

// provePullSecret compares the pull secrets. A secret that the old file leaves to the chart may be one that the user
// created.
func (c *conversion) provePullSecret(want pullSecret) {
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
	p := model.Problem{Rule: "pull-secret-default", Severity: model.Warning, File: c.old.source.Name,
		Summary: fmt.Sprintf("the file does not set the pull secret: chart %s uses %s, and chart %s uses %s",
			c.old.profile.ID, c.old.owned(was), c.to.ID, c.new.owned(now))}
	switch {
	case len(now) > 0 && !c.new.creates(now[0]):
		p.Fix = c.createIt() + c.orNone()
	case existingMethod(c.to) != "":
		p.Fix = "to keep using your secret, name it in " + firstSetting(c.to, func(s chart.Setting) bool {
			return s.Value == nameFact && s.Applies("", existingMethod(c.to))
		}).Path
	default:
		p.Fix = "pass the credentials to Helm at install time, in " + cmp.Or(firstCredentialsTable(c.to), "its values")
	}
	return p
}

// owned words a secret with who creates it.
func (r *reading) owned(names []any) string {
	switch {
	case len(names) == 0:
		return "none"
	case r.creates(names[0]):
		return fmt.Sprintf("%v (created by Helm)", names[0])
	}
	return fmt.Sprintf("%v (created by you)", names[0])
}

// createIt says how to create the secret that the new chart's pods name.
func (c *conversion) createIt() string {
	return fmt.Sprintf("to create it, run \"conductor-registry secret -f FILE --chart-version %s\" with the new file",
		c.to.Version)
}

// orNone says how to use no secret, if the new chart has a key for that.
func (c *conversion) orNone() string {
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
		if table := credentialsTable(p, m.ID); table != "" {
			return table
		}
	}
	return ""
}
