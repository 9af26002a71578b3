package convert

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// Adopted is the answers that lead to what a values file gives the pods.
type Adopted struct {
	Answers    *answers.Answers  // nil when Problems has errors; what no answer leads to is left unanswered
	Resolution *chart.Resolution // what the file gives the pods
	Problems   model.Problems    // errors: no answers; warnings: a setting is not carried over
	Unread     []string          // the keys of the file whose values no answer holds
}

// adoption is one run of Adopt.
type adoption struct {
	catalog  *answers.Catalog
	profile  *chart.Profile
	old      *reading
	secret   pullSecret
	answers  *answers.Answers
	origins  map[string]string // the key of the file behind each answer
	lost     map[string]bool   // what is reported as not carried over: server.name, workers.tag, pullSecret
	missed   int               // number of lost
	unread   []string          // keys of the file that lost is about
	problems model.Problems
}

// Adopt returns the answers for a values file. Profile is the chart that the file is for, or nil for the one that its
// keys fit best.
func Adopt(catalog *answers.Catalog, file *values.File, profile *chart.Profile) *Adopted {
	var assumed model.Problems
	if profile == nil {
		profile, assumed = guessOrAssume(file, catalog.Charts.All())
	}
	a := newAdoption(catalog, profile, read(file, profile, newKeys(profile, profile)))
	a.run()
	misshaped := a.misshaped()
	if old, corrected := a.readCorrected(file, misshaped); old != nil {
		other := newAdoption(catalog, profile, old)
		isBetter := other.run() && (!a.isRead() || other.missed < a.missed || len(misshaped) > 0)
		if isBetter {
			other.problems, a = slices.Concat(corrected, other.problems), other
		}
	}
	out := &Adopted{Resolution: a.old.resolution, Problems: slices.Concat(assumed, a.problems)}
	if a.isRead() {
		out.Answers, out.Unread = a.answers, a.unread
		return out
	}
	out.Problems = append(out.Problems, a.old.refusal("check which chart version the file is for"))
	return out
}

func newAdoption(catalog *answers.Catalog, profile *chart.Profile, old *reading) *adoption {
	return &adoption{catalog: catalog, profile: profile, old: old, answers: answers.New(), origins: map[string]string{},
		lost: map[string]bool{}}
}

// isRead reports whether the chart accepts what was read.
func (a *adoption) isRead() bool { return a.old.resolution.Error == nil }

// run answers what the file answers; false when the chart refuses the file.
func (a *adoption) run() bool {
	if !a.isRead() {
		return false
	}
	a.secret = a.old.pullSecret()
	a.answerChart()
	a.answerImages()
	a.answerForAll(chart.TagPart)
	a.answerForAll(chart.PullPolicyPart)
	a.answerPullSecret()
	a.reportDifferences()
	a.reportRewrites()
	return true
}

// answerChart answers the chart by its id, or by the release where that is not the id's.
func (a *adoption) answerChart() {
	id := a.profile.ID
	if known, err := a.catalog.Chart(id); err != nil || known.Version != a.profile.Version {
		id = a.profile.Version
	}
	a.answers.Set("chart", id)
}

// answer sets an answer, or returns why it is not valid.
func (a *adoption) answer(path, value, origin string) error {
	f, err := a.catalog.Field(a.answers, path)
	if err == nil {
		err = f.Check(value)
	}
	if err == nil {
		a.answers.Set(path, value)
		a.origins[path] = origin
	}
	return err
}

// report adds a problem with the line of its path in the file.
func (a *adoption) report(p model.Problem) {
	if p = a.old.locate(p); p.File == "" {
		p.File = a.old.file.Name
	}
	if p.Line == 0 && !a.old.sets(p.Path) {
		p.Path = "" // the chart decides
	}
	a.problems = append(a.problems, p)
}

// reportLost reports once that something is not carried over; what is its name in lost, and origin its key.
func (a *adoption) reportLost(what, origin, summary string, why error) {
	if a.lost[what] {
		return
	}
	a.lost[what] = true
	a.missed++
	if slices.Contains(a.unread, origin) { // components share the key
		return
	}
	if a.old.sets(origin) {
		a.unread = append(a.unread, origin)
	}
	p := model.Problem{Rule: "not-adopted", Severity: model.Warning, Path: origin, Summary: summary,
		Fix: "answer this question again"}
	if why != nil {
		p.Why = why.Error()
	}
	a.report(p)
}

// lostPart is the name in lost of a part of a component.
func lostPart(component string, part chart.Part) string { return component + "." + string(part) }

// resolved returns what the file gives a component.
func (a *adoption) resolved(component string) *chart.ResolvedComponent {
	return a.old.resolution.Components[component]
}

// answerForAll answers the tag or pull policy for all components, and again for those that have another one. The common
// one is that of a key which all components read, else the first one's. A digest is never common to different tags.
func (a *adoption) answerForAll(part chart.Part) {
	components := a.profile.Components
	of := func(c chart.Component) chart.Origin {
		value, from := a.resolved(c.Name).Part(part)
		return chart.Origin{Value: fmt.Sprint(value), From: from[0].From}
	}
	set := func(path, component string, o chart.Origin) {
		if err := a.answer(path, fmt.Sprint(o.Value), o.From); err != nil {
			a.reportLost(lostPart(component, part), o.From, fmt.Sprintf("the %s %q of %s is not a valid answer", part.Words(),
				o.Value, component), err)
		}
	}
	first := max(0, slices.IndexFunc(components, func(c chart.Component) bool { return a.isShared(of(c).From) }))
	common := of(components[first])
	differ := slices.ContainsFunc(components, func(c chart.Component) bool { return of(c).Value != common.Value })
	isOwn := differ && strings.Contains(fmt.Sprint(common.Value), "@")
	if !isOwn {
		set(string(part), components[first].Name, common)
	}
	for i, c := range components {
		switch o := of(c); {
		case isOwn || o.Value != common.Value:
			set(answers.Path{Component: c.Name, Leaf: string(part)}.String(), c.Name, o)
		case i != first: // reported for the first one
			a.lost[lostPart(c.Name, part)] = a.lost[lostPart(components[first].Name, part)]
		}
	}
}

// isShared reports whether all components may read a key.
func (a *adoption) isShared(path string) bool {
	return !slices.ContainsFunc(a.profile.Components, func(c chart.Component) bool {
		return !slices.Contains(slices.Concat(c.Registry.Paths, c.Tag.Paths, c.PullPolicy.Paths), path)
	})
}
