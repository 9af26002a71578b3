package convert

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
)

// change words a difference.
func change(d chart.Difference) string {
	return fmt.Sprintf("the %s of %s changes from %s to %s", d.Part.Words(), d.Component, partText(d.Part, d.Want, "%q"),
		partText(d.Part, d.Got, "%q"))
}

// partText returns the text of a value in a format; "no image" and the like where there is none.
func partText(part chart.Part, value any, format string) string {
	if value == nil {
		return "no " + part.Words()
	}
	return fmt.Sprintf(format, fmt.Sprint(value))
}

// reportDifferences compares what the pods get from the new file with what the old one decides.
func (c *conversion) reportDifferences(want intent) {
	var defaults []string
	for _, d := range chart.Diff(want.Resolution, c.new.resolution, chart.NamePart, chart.TagPart, chart.PullPolicyPart) {
		key := c.old.setBy(d.WantFrom...)
		if key == "" {
			defaults = append(defaults, fmt.Sprintf("the %s of %s from %s to %s", d.Part.Words(), d.Component,
				partText(d.Part, d.Want, "%s"), partText(d.Part, d.Got, "%s")))
			continue
		}
		c.report(model.Problem{Rule: "not-carried", Severity: model.Warning, Path: key, Summary: change(d),
			Why: fmt.Sprintf("no key of chart %s gives it that value", c.to.ID), Fix: "change it in the old file first"})
	}
	if len(defaults) > 0 {
		c.report(model.Problem{Rule: "chart-default-changes", Severity: model.Info, File: c.old.file.Name,
			Summary: "chart defaults change: " + strings.Join(defaults, ", "),
			Fix:     "set them in the file to keep the old values"})
	}
	c.reportPullSecret(want.secret)
}

// reportDifferences builds the plan of the answers and compares it with the file. An answer with which no plan can be
// built is withdrawn.
func (a *adoption) reportDifferences() {
	p, problems := plan.Build(a.catalog, a.answers, "")
	for len(problems) > 0 && a.withdraw(problems) {
		p, problems = plan.Build(a.catalog, a.answers, "")
	}
	if p == nil {
		a.reportMissing(problems)
		return
	}
	for _, d := range chart.Diff(a.old.resolution, p.Environments[0].Resolution,
		chart.NamePart, chart.TagPart, chart.PullPolicyPart, chart.PullSecretsPart) {
		switch {
		case d.Part == chart.PullSecretsPart:
			_, key := a.secretName()
			a.reportLost(lostSecret, key, fmt.Sprintf("the pull secrets change from %v to %v", d.Want, d.Got), nil)
		case d.Part != chart.NamePart:
			a.reportLost(lostPart(d.Component, d.Part), d.WantFrom[0].From, change(d), nil)
		case !d.IsDockerHubHost():
			a.reportLost(lostPart(d.Component, d.Part), registryKey(a.resolved(d.Component)), change(d), nil)
		}
	}
}

// withdraw removes the answers that the problems are about, and reports whether there were any. Without an answer for
// the pull secret the pods get none.
func (a *adoption) withdraw(problems model.Problems) bool {
	changed := false
	for _, p := range problems {
		switch {
		case p.Path == "pullSecret.method" && !a.answers.Has(p.Path):
			a.answers.Set(p.Path, noSecretMethod(a.profile))
		case p.Path == "chart" || !a.answers.Has(p.Path):
			continue
		default:
			what, value := p.Path, a.answers.Get(p.Path)
			if strings.HasPrefix(what, "pullSecret.") {
				what = lostSecret
			}
			a.answers.Unset(p.Path)
			a.reportLost(what, a.origins[p.Path], fmt.Sprintf("%s cannot be %q: %s", p.Path, value, p.Summary), nil)
		}
		changed = true
	}
	return changed
}
