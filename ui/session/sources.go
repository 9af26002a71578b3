package session

import (
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
)

// Sources are values files that the answers' keys are written into.
type Sources struct {
	Named  map[string]plan.Base // those that the answers call base, by that name; copies are written
	Opened plan.Base            // the one that was opened to be changed itself; no Name when none was
	As     string               // what answers beside the files call the opened one
	Told   model.Problems       // what there was to say of the opened one
}

// Preview is the plan that the answers lead to so far.
func (d *Draft) Preview() *plan.Plan {
	given := d.given()
	return plan.Preview(d.Catalog, given, "", d.bases(given))
}

// Build is the plan, or every problem that keeps it from being made.
func (d *Draft) Build() (*plan.Plan, model.Problems) {
	given := d.given()
	return plan.BuildOnto(d.Catalog, given, "", d.bases(given))
}

// given are the answers, with the opened file as the base of environments: it stays as it is then, and each has a copy.
func (d *Draft) given() *answers.Answers {
	if d.sources.Opened.Name == "" || len(d.Answers.Environments()) == 0 || d.Answers.Has("base") {
		return d.Answers
	}
	given := d.Answers.Clone()
	given.Set("base", d.sources.As)
	return given
}

// bases are the files for the environments there are now.
func (d *Draft) bases(given *answers.Answers) plan.Bases {
	out := plan.Bases{}
	for _, env := range given.EnvironmentNames() {
		name := given.Lookup(answers.Path{Environment: env, Leaf: "base"}).Text
		named, ok := d.sources.Named[name]
		switch {
		case ok:
			out[env] = named
		case d.sources.Opened.Name == "":
		case name == "":
			out[env] = d.sources.Opened
		case name == d.sources.As:
			out[env] = plan.Base{Name: d.sources.Opened.Name, Data: d.sources.Opened.Data}
		}
	}
	return out
}
