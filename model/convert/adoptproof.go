package convert

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
)

// prove builds the plan of the answers and compares it with the file. An answer with which no plan can be built is
// withdrawn.
func (a *adoption) prove() {
	p, problems := plan.Build(a.catalog, a.answers, "")
	for len(problems) > 0 && a.withdraw(problems) {
		p, problems = plan.Build(a.catalog, a.answers, "")
	}
	if p == nil {
		a.reportMissing(problems)
		return
	}
	for _, d := range chart.Diff(a.file.resolution, p.Environments[0].Resolution,
		chart.NamePart, chart.TagPart, chart.PullPolicyPart, chart.PullSecretsPart) {
		switch {
		case d.Part == chart.PullSecretsPart:
			_, key := a.secretName()
			a.lose(lostSecret, key, fmt.Sprintf("the pull secrets change from %v to %v", d.Want, d.Got), nil)
		case d.Part != chart.NamePart:
			a.lose(lostPart(d.Component, d.Part), d.WantFrom[0].From, change(d), nil)
		case !d.IsDockerHubHost():
			a.lose(lostPart(d.Component, d.Part), registryKey(a.resolved(d.Component)), change(d), nil)
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
			a.lose(what, a.origins[p.Path], fmt.Sprintf("%s cannot be %q: %s", p.Path, value, p.Summary), nil)
		}
		changed = true
	}
	return changed
}

// reportMissing reports the answers that are still missing, unless they are reported as lost.
func (a *adoption) reportMissing(problems model.Problems) {
	for _, p := range problems {
		if len(a.lost) > 0 && strings.HasPrefix(p.Path, "registry.") {
			continue
		}
		a.report(model.Problem{Rule: "answer-missing", Severity: model.Warning, Summary: p.Path + ": " + p.Summary,
			Fix: p.Fix})
	}
}

// reportRewrites reports the keys that the answers write in another way than the file, and other keys that the chart
// refuses.
func (a *adoption) reportRewrites() {
	var added, defaults []string
	for _, w := range plan.Keys(a.catalog, a.answers) {
		value, isSet := a.file.values.Lookup(w.Path)
		switch {
		case isSet && w.Is(value):
		case isSet:
			a.report(model.Problem{Rule: "key-rewritten", Severity: model.Info, Path: w.Path,
				Summary: "the answers write this key as " + w.Text})
		case w.Is(a.profile.Default(w.Path)):
			defaults = append(defaults, w.Path)
		default:
			added = append(added, w.Path)
		}
	}
	a.reportAdded(defaults, "with the chart's default")
	a.reportAdded(added, "from the answers")
	if a.file.refused != nil {
		a.report(a.file.incomplete())
	}
}

// reportAdded reports the keys that the answers add to the file.
func (a *adoption) reportAdded(keys []string, how string) {
	verb := "is"
	if len(keys) > 1 {
		verb = "are"
	}
	if len(keys) > 0 {
		a.report(model.Problem{Rule: "keys-added", Severity: model.Info,
			Summary: fmt.Sprintf("%s %s added, %s", model.List(keys), verb, how)})
	}
}
