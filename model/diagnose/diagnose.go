// Package diagnose says why pods do not get their images, and what to do about it: from what a cluster says of pods,
// events, secrets and the like. It asks no cluster, and no type of it can hold what a secret holds.
//
// Causes are a table; the code finds out which one it is. Which login a kubelet takes is model/keyring's to say, what a
// registry and a chart are like is in their presets.
package diagnose

import (
	"cmp"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/secret"
)

// Input is what to look at.
type Input struct {
	State   *State
	Catalog *answers.Catalog // what is known of registries and charts
	Release string           // of Helm; "" is every pod of Conductor, and all that can't pull
	Wanted  []Wanted         // what the values give each component; none when there are no values
}

// Wanted is what values give the pods of a component.
type Wanted struct {
	Image   string
	Secrets []string // pull secrets
}

// Report is what was found.
type Report struct {
	Context   string
	Namespace string
	Release   string
	Pods      []string         // that were looked at
	Findings  []Finding        // what to look at first comes first
	LeftOut   []string         // what could not be looked at, and what that means
	Test      *secret.PullTest // a pull that shows whether it is mended; nil where none is wanted
}

// Run looks at a state. The error is a mistake of the table of causes.
func Run(in Input) (*Report, error) {
	causes, err := decoded()
	if err != nil {
		return nil, err
	}
	d := &diagnosis{Input: in, causes: causes, state: in.State, report: &Report{Context: in.State.Asked.Context,
		Namespace: in.State.Asked.Namespace, Release: in.Release}}
	pods := d.selectPods()
	for i := range pods {
		d.report.Pods = append(d.report.Pods, pods[i].Metadata.Name)
		d.diagnosePod(&pods[i])
	}
	d.diagnoseWorkloads(len(pods) == 0)
	d.listUnanswered()
	d.sortFindings()
	return d.report, nil
}

// Wrong tells whether anything was found that wants to be mended.
func (r *Report) Wrong() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity != model.Info })
}

// subject is what is looked at.
type diagnosis struct {
	Input
	causes table
	state  *State
	report *Report
}

// sort puts what hides other causes first, and what only is worth knowing last.
func (d *diagnosis) sortFindings() {
	place := func(f Finding) int {
		_, place := d.causes.find(f.Rule)
		if f.Severity == model.Info {
			place += len(d.causes)
		}
		return place
	}
	slices.SortStableFunc(d.report.Findings, func(a, b Finding) int { return cmp.Compare(place(a), place(b)) })
}

// find reports a cause for an object, or adds the object where the same was found before.
func (d *diagnosis) add(id, object, image string, said Message, f facts) {
	cause, _ := d.causes.find(id)
	f.set("said", shorten(said))
	found := Finding{Problem: model.Problem{Rule: id, Severity: cause.Severity, Summary: f.fill(cause.Summary),
		Why: f.fill(cause.Why)}, Objects: []string{object}, Said: string(said), Steps: f.steps(cause.Steps)}
	if image != "" {
		found.Images = []string{image}
	}
	found.Fix = inWords(found.Steps)
	at := slices.IndexFunc(d.report.Findings, func(other Finding) bool { return other.same(&found) })
	if at < 0 {
		d.report.Findings = append(d.report.Findings, found)
		return
	}
	d.report.Findings[at].join(&found)
}
