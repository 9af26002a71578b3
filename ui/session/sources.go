package session

import (
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
)

// Sources are the values files that the answers' keys are written into.
type Sources struct {
	Named    map[string]plan.Base // the files that answers name as base, by that name; the plan writes copies
	Opened   plan.Base            // the file that is edited in place; without Name there is none
	OpenedAs string               // the name of the opened file, relative to the answers file
	Problems model.Problems       // found while the opened file was read
}

// Secrets returns the secrets of the files, for messages about them.
func (s Sources) Secrets() *redact.Known {
	known := &redact.Known{}
	for _, base := range s.Named {
		known.AddFile(base.Data)
	}
	known.AddFile(s.Opened.Data)
	return known
}

// Preview returns the plan for the answers so far.
func (d *Draft) Preview() *plan.Plan {
	a := d.withBase()
	return plan.Preview(d.Catalog, a, "", d.bases(a))
}

// Build returns the plan, or every problem that prevents it.
func (d *Draft) Build() (*plan.Plan, model.Problems) {
	a := d.withBase()
	return plan.BuildOnto(d.Catalog, a, "", d.bases(a))
}

// withBase returns the answers. With environments the opened file becomes the base of each: it is not edited in place
// then, and each environment gets a copy.
func (d *Draft) withBase() *answers.Answers {
	if d.sources.Opened.Name == "" || len(d.Answers.Environments()) == 0 || d.Answers.Has("base") {
		return d.Answers
	}
	a := d.Answers.Clone()
	a.Set("base", d.sources.OpenedAs)
	return a
}

// bases returns the base of each environment.
func (d *Draft) bases(a *answers.Answers) plan.Bases {
	out := plan.Bases{}
	for _, env := range a.EnvironmentNames() {
		name := a.Lookup(answers.Path{Environment: env, Leaf: "base"}).Text
		named, ok := d.sources.Named[name]
		switch {
		case ok:
			out[env] = named
		case d.sources.Opened.Name == "":
		case name == "":
			out[env] = d.sources.Opened
		case name == d.sources.OpenedAs:
			out[env] = plan.Base{Name: d.sources.Opened.Name, Data: d.sources.Opened.Data}
		}
	}
	return out
}
