// Package diagnose finds out why pods do not get their images and what to do about it, from what a cluster returns
// about pods, events and secrets. It asks no cluster, and no type of it can hold credentials.
//
// The causes and all texts are data, in causes.yaml; the code decides which one it is. Package secret knows which
// credentials a kubelet uses, the presets know registries and charts.
package diagnose

import (
	"cmp"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/secret"
)

// Input is the state to diagnose and what is known about it.
type Input struct {
	State   *State
	Catalog *answers.Catalog // what is known of registries and charts
	Release string           // of Helm; "" is all pods of Conductor, and all that cannot pull
	Wanted  []Wanted         // what the values give each component; empty without values
}

// Wanted is what the values give the pods of a component.
type Wanted struct {
	Image   string
	Secrets []string // pull secrets
}

// Report is the result of a diagnosis.
type Report struct {
	Context    string
	Namespaces []string // that were looked at
	Release    string
	Pods       []string         // that were looked at
	Findings   []Finding        // what to look at first comes first
	LeftOut    []string         // what the cluster did not answer, and what that means
	Test       *secret.PullTest // a pull that shows whether the fix works; nil when nothing failed to pull
}

// Run diagnoses a state: the namespace that was asked for, or else all that the state has. The error names a mistake in
// causes.yaml.
func Run(in Input) (*Report, error) {
	table, err := decoded()
	if err != nil {
		return nil, err
	}
	report := &Report{Context: in.State.Asked.Context, Release: in.Release}
	var missing *diagnosis // the first namespace without anything of Conductor
	for _, namespace := range in.State.namespaces() {
		d := &diagnosis{Input: in, table: table, namespace: namespace, report: report}
		if pods := d.selectPods(); len(pods) > 0 || d.hasWorkloads() {
			d.run(pods)
		} else if missing == nil {
			missing = d
		}
	}
	if len(report.Namespaces) == 0 && missing != nil {
		missing.run(nil)
	}
	report.sortFindings(table)
	return report, nil
}

// Wrong reports whether something needs to be fixed.
func (r *Report) Wrong() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity != model.Info })
}

// sortFindings puts causes that hide others first, and what is only worth knowing last.
func (r *Report) sortFindings(t table) {
	place := func(f Finding) int {
		place := t.find(f.Rule)
		if f.Severity == model.Info {
			place += len(t.Causes)
		}
		return place
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return cmp.Compare(place(a), place(b)) })
}

// diagnosis is the work on one namespace of a state.
type diagnosis struct {
	Input
	table     table
	namespace string
	report    *Report
}

func (d *diagnosis) run(pods []Pod) {
	d.report.Namespaces = append(d.report.Namespaces, d.namespace)
	for i := range pods {
		d.report.Pods = append(d.report.Pods, pods[i].Metadata.Name)
		d.diagnosePod(&pods[i])
	}
	d.diagnoseWorkloads(len(pods) == 0)
	d.listUnanswered()
}

// add reports a cause for an object, or adds the object to the finding that has the same cause and steps.
func (d *diagnosis) add(id, object, image string, said Message, f facts) {
	cause := d.table.cause(id)
	f.set("said", shorten(said))
	found := Finding{Problem: model.Problem{Rule: cause.rule(), Severity: cause.Severity, Summary: f.fill(cause.Summary),
		Why: f.fillSentences(cause.Why)}, Namespace: d.namespace, Objects: []string{object}, Said: string(said),
		Steps: f.steps(cause.Steps)}
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
