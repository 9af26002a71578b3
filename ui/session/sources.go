package session

import (
	"maps"
	"slices"

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
	Unread   []string             // keys of the opened file whose values no answer holds
	// FromFolder reports that the answers come from the answers.yaml in the folder that files are written to.
	FromFolder bool
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
func (d *Draft) Preview() *plan.Plan { return d.PreviewOnto(nil) }

// PreviewOnto is Preview with values files that exist, to write the keys into.
func (d *Draft) PreviewOnto(existing plan.Bases) *plan.Plan {
	a, bases := d.onto(existing)
	return plan.Preview(d.Catalog, a, "", bases)
}

// Build returns the plan, or every problem that prevents it.
func (d *Draft) Build() (*plan.Plan, model.Problems) { return d.BuildOnto(nil) }

// BuildOnto is Build with values files that exist, to write the keys into.
func (d *Draft) BuildOnto(existing plan.Bases) (*plan.Plan, model.Problems) {
	a, bases := d.onto(existing)
	return plan.BuildOnto(d.Catalog, a, "", bases)
}

// onto returns the answers and the base of each environment; existing files go before those that the answers name.
func (d *Draft) onto(existing plan.Bases) (*answers.Answers, plan.Bases) {
	a := d.withBase()
	bases := d.bases(a)
	maps.Copy(bases, existing)
	return a, d.withEdits(bases)
}

// Snapshot returns a copy of the draft that later answers do not change, for work in the background.
func (d *Draft) Snapshot() *Draft {
	return &Draft{Catalog: d.Catalog, Answers: d.Answers.Clone(), sources: d.sources, edited: d.edited}
}

// SourceProblems returns what was found while the opened file was read.
func (d *Draft) SourceProblems() model.Problems { return d.sources.Problems }

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
		if base, isOpened := out[env], out[env].Name == d.sources.Opened.Name; isOpened && base.Name != "" {
			base.Keep = d.unanswered(env)
			out[env] = base
		}
	}
	return out
}

// unanswered returns the keys of the opened file whose values no answer holds, as long as their questions have none.
func (d *Draft) unanswered(env string) []string {
	if len(d.sources.Unread) == 0 {
		return nil
	}
	chosen, err := d.Catalog.Chart(d.Answers.Lookup(answers.Path{Leaf: "chart"}).Text)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(d.sources.Unread), func(key string) bool {
		at := answers.ParsePath(d.QuestionOf(chosen, key))
		at.Environment = env
		return d.Answers.Lookup(at).Path.Component == at.Component && d.Answers.Lookup(at).Text != ""
	})
}
