package convert

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
)

// prove builds what the answers lead to and compares it with the file. An answer that makes no plan is taken back.
func (a *adoption) prove() {
	p, problems := plan.Build(a.catalog, a.answers, "")
	for len(problems) > 0 && a.takeBack(problems) {
		p, problems = plan.Build(a.catalog, a.answers, "")
	}
	if p == nil {
		a.tellUnfinished(problems)
		return
	}
	now := p.Environments[0].Resolution
	for _, c := range a.result.Profile.Components {
		was, is := a.file.Resolution.Components[c.Name], now.Components[c.Name]
		a.compare(c.Name, "image", registryOrigin(was), without(was), without(is))
		a.compare(c.Name, "tag", was.Trace.Tag.From, fmt.Sprint(was.Trace.Tag.Value), fmt.Sprint(is.Trace.Tag.Value))
		a.compare(c.Name, "pullPolicy", was.Trace.PullPolicy.From, fmt.Sprint(was.PullPolicy), fmt.Sprint(is.PullPolicy))
		if !reflect.DeepEqual(was.PullSecrets, is.PullSecrets) {
			_, origin := a.secretName()
			summary := fmt.Sprintf("the pull secrets become %v and were %v", is.PullSecrets, was.PullSecrets)
			a.lose(secretPart, origin, summary, nil)
		}
	}
}

// without is an image without its tag, and without the host of Docker Hub, which goes without saying.
func without(r *chart.ResolvedComponent) string {
	return strings.TrimPrefix(strings.TrimSuffix(r.Image, ":"+fmt.Sprint(r.Trace.Tag.Value)), "docker.io/")
}

func (a *adoption) compare(component, part, origin, was, is string) {
	if was != is {
		a.lose(component+"."+part, origin, fmt.Sprintf("the %s of %s becomes %s and was %s", part, component, is, was), nil)
	}
}

// takeBack takes the answers back that keep a plan from being made; false when there are none. Where the chart's own
// way to log in is no answer either, the pods are given none.
func (a *adoption) takeBack(problems model.Problems) bool {
	took := false
	for _, p := range problems {
		switch {
		case p.Path == "pullSecret.method" && !a.answers.Has(p.Path):
			a.answers.Set(p.Path, a.secretless())
		case p.Path == "chart" || !a.answers.Has(p.Path):
			continue
		default:
			what, value := p.Path, a.answers.Get(p.Path)
			if strings.HasPrefix(what, secretPart+".") {
				what = secretPart
			}
			a.answers.Unset(p.Path)
			a.lose(what, a.origins[p.Path], fmt.Sprintf("%s can't be %q: %s", p.Path, value, p.Summary), nil)
		}
		took = true
	}
	return took
}

// secretless is the method without a pull secret.
func (a *adoption) secretless() string {
	for _, m := range a.result.Profile.Methods {
		if m.Missing == "" && m.Script == "" && !a.result.Profile.Writes("secret.name", m.ID) {
			return m.ID
		}
	}
	return ""
}

// tellUnfinished tells what has to be answered still, unless it was told that it is lost.
func (a *adoption) tellUnfinished(problems model.Problems) {
	for _, p := range problems {
		if len(a.lost) > 0 && strings.HasPrefix(p.Path, "registry.") {
			continue
		}
		a.tell(model.Problem{Rule: "answer-missing", Severity: model.Warning, Summary: p.Path + ": " + p.Summary,
			Fix: p.Fix})
	}
}

// notes tell what the answers write that the file has not so, and what else keeps the file from being used.
func (a *adoption) notes() {
	var added, defaults []string
	differing := a.differing(a.answers)
	for _, w := range plan.Keys(a.catalog, a.answers) {
		if !slices.Contains(differing, w.Path) {
			continue
		}
		if _, ok := a.file.Values.Lookup(w.Path); !ok && w.Is(a.result.Profile.Default(w.Path)) {
			defaults = append(defaults, w.Path)
			continue
		} else if !ok {
			added = append(added, w.Path)
			continue
		}
		a.tell(model.Problem{Rule: "key-rewritten", Severity: model.Info, Path: w.Path,
			Summary: "the answers write this key as " + w.Text})
	}
	a.tellAdded(defaults, "with the chart's own default")
	a.tellAdded(added, "as the answers have it")
	if refused := a.file.Refused; refused != nil {
		a.tell(model.Problem{Rule: "values-incomplete", Severity: model.Info, Summary: fmt.Sprintf(
			"chart %s does not take this file alone: %s", a.result.Profile.ID, strings.ReplaceAll(refused.Message, "\n", " ")),
			Fix: "no matter if other files are laid over it"})
	}
}

// tellAdded tells which keys the answers write and the file has not.
func (a *adoption) tellAdded(keys []string, how string) {
	verb := "is"
	if len(keys) > 1 {
		verb = "are"
	}
	if len(keys) > 0 {
		a.tell(model.Problem{Rule: "keys-added", Severity: model.Info,
			Summary: fmt.Sprintf("%s %s added, %s", strings.Join(keys, ", "), verb, how)})
	}
}
