package draft

import (
	"conductor-registry/model"
	"conductor-registry/model/form"
	"conductor-registry/model/plan"
)

// Sources are values files that the answers' keys are written into.
type Sources struct {
	Named  map[string]plan.Base // those that the answers call base, by that name; copies are written
	Opened plan.Base            // the one that was opened to be changed itself; no Name when none was
	Told   model.Problems       // what there was to say of the opened one
}

// Preview is the plan that the answers lead to so far.
func (d *Draft) Preview() *plan.Plan {
	return plan.Preview(d.Catalog, d.Answers, "", d.bases())
}

// Build is the plan, or every problem that keeps it from being made.
func (d *Draft) Build() (*plan.Plan, model.Problems) {
	return plan.BuildOnto(d.Catalog, d.Answers, "", d.bases())
}

// bases are the files for the environments there are now. With environments the opened file stays as it is, and each
// gets a copy.
func (d *Draft) bases() plan.Bases {
	out := plan.Bases{}
	for _, env := range form.Layers(d.Answers) {
		if base, ok := d.sources.Named[d.Answers.In(env).Get("base")]; ok {
			out[env] = base
			continue
		}
		base := d.sources.Opened
		if env != "" {
			base.Into = ""
		}
		out[env] = base
	}
	return out
}
