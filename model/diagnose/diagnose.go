// Package diagnose says why pods do not get their images, and what to do about it: from what a cluster says of pods,
// events, secrets and the like. It asks no cluster, and no type of it can hold what a secret holds.
//
// Causes are a table; the code finds out which one it is. Which login a kubelet takes is model/keyring's to say, what a
// registry and a chart are like is in their presets.
package diagnose

import (
	"cmp"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/form"
	"conductor-registry/model/pulltest"
)

// Input is what to look at.
type Input struct {
	State   *State
	Catalog *form.Catalog // what is known of registries and charts
	Release string        // of Helm; "" is every pod of Conductor, and all that can't pull
	Wanted  []Wanted      // what the values give each component; none when there are no values
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
	Pods      []string          // that were looked at
	Findings  []Finding         // what to look at first comes first
	LeftOut   []string          // what could not be looked at, and what that means
	Test      *pulltest.Request // a pull that shows whether it is mended; nil where none is wanted
}

// Finding is one cause and all that suffer from it.
type Finding struct {
	model.Problem
	Objects []string `json:"objects"`          // pod/NAME and the like
	Images  []string `json:"images,omitempty"` // that are not pulled
	Said    string   `json:"said,omitempty"`   // in the cluster's words
	Steps   []Advice `json:"steps"`            // in the order to try
}

// Advice is one thing to do.
type Advice struct {
	What     string   `json:"what"`
	Commands []string `json:"commands,omitempty"` // lines for the shell; none when it is not done in one
}

// Run looks at a state.
func Run(in Input) *Report {
	s := &subject{Input: in, state: in.State, report: &Report{Context: in.State.Asked.Context,
		Namespace: in.State.Asked.Namespace, Release: in.Release}}
	pods := s.scope()
	for i := range pods {
		s.report.Pods = append(s.report.Pods, pods[i].Metadata.Name)
		s.pod(&pods[i])
	}
	s.workloads(len(pods) == 0)
	s.leftOut()
	s.sort()
	return s.report
}

// sort puts what hides other causes first, and what only is worth knowing last.
func (s *subject) sort() {
	order := map[string]int{}
	for i, c := range Causes() {
		order[c.ID] = i
	}
	place := func(f Finding) int {
		if f.Severity == model.Info {
			return order[f.Rule] + len(order)
		}
		return order[f.Rule]
	}
	slices.SortStableFunc(s.report.Findings, func(a, b Finding) int { return cmp.Compare(place(a), place(b)) })
}

// Wrong tells whether anything was found that wants to be mended.
func (r *Report) Wrong() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity != model.Info })
}

// subject is what is looked at.
type subject struct {
	Input
	state  *State
	report *Report
}

// find reports a cause for an object, or adds the object where the same was found before.
func (s *subject) find(id, object, image string, said Message, f facts) {
	cause, _ := Find(id)
	f.set("said", brief(said))
	found := Finding{Problem: model.Problem{Rule: id, Severity: cause.Severity, Summary: f.fill(cause.Summary),
		Why: f.fill(cause.Why)}, Objects: []string{object}, Said: string(said), Steps: f.steps(cause.Steps)}
	if image != "" {
		found.Images = []string{image}
	}
	found.Fix = inWords(found.Steps)
	at := slices.IndexFunc(s.report.Findings, func(other Finding) bool { return other.same(found) })
	if at < 0 {
		s.report.Findings = append(s.report.Findings, found)
		return
	}
	s.report.Findings[at].join(found)
}

// same tells whether two findings are of one cause, with the same steps to take.
func (f Finding) same(other Finding) bool {
	return f.Rule == other.Rule && f.Summary == other.Summary && f.Why == other.Why && len(f.Steps) == len(other.Steps)
}

// join adds those that suffer from the same, and the commands that are for them.
func (f *Finding) join(other Finding) {
	f.Objects = withNew(f.Objects, other.Objects)
	f.Images = withNew(f.Images, other.Images)
	for i := range f.Steps {
		f.Steps[i].Commands = withNew(f.Steps[i].Commands, other.Steps[i].Commands)
	}
}

func withNew(list, more []string) []string {
	for _, text := range more {
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// inWords are steps as one line.
func inWords(steps []Advice) string {
	var out []string
	for _, step := range steps {
		out = append(out, step.What)
	}
	return strings.Join(out, "; then ")
}
