package plain

import (
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/report"
	"conductor-registry/ui/session"
)

// sayChanges says what is new with the last answers: image names once the registry is known, and problems of pages that
// were left.
func (d *dialog) sayChanges(page answers.Page) {
	if page <= answers.Details {
		return
	}
	if len(d.options.Catalog.Check(d.plan.Answers, "")) == 0 {
		for _, env := range d.plan.Environments {
			d.sayImages(env, false)
		}
	}
	for _, p := range d.plan.Problems() {
		f, err := d.options.Catalog.Field(d.draft.Answers, p.Path)
		if err == nil && f.Page < page && page > d.page && !d.reported[p] {
			d.reported[p] = true
			d.sayProblem(p)
		}
	}
}

// sayImages says the images of an environment: all of them, or those that changed.
func (d *dialog) sayImages(env *plan.Environment, all bool) {
	for _, component := range env.Profile.Components {
		title := strings.TrimSpace(component.Name + " " + env.Name)
		if name := session.Image(env.Resolution, component.Name); all || d.images[title] != name {
			d.images[title] = name
			d.say("Image of %s: %s", title, name)
		}
	}
}

// sayProblem says a problem as every command prints it.
func (d *dialog) sayProblem(p model.Problem) {
	for _, line := range report.Problem(d.draft.Labelled(p)) {
		d.say("%s", line)
	}
}
