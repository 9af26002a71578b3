package plain

import (
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// news says what the answers lead to, as far as it was not said: the image names once the details of the registry are
// known, and the remarks on the pages that are left.
func (s *dialog) news(page answers.Page) {
	if page <= answers.Details {
		return
	}
	if len(s.options.Catalog.Check(s.plan.Answers, "")) == 0 { // else there are no names yet
		for _, env := range s.plan.Environments {
			s.names(env, false)
		}
	}
	for _, p := range s.plan.Problems() {
		if f, err := s.options.Catalog.Field(s.draft.Answers, p.Path); err == nil && f.Page < page && page > s.page {
			s.remark(p)
		}
	}
}

// names says the image names of an environment: all of them, or those that changed.
func (s *dialog) names(env *plan.Environment, all bool) {
	for _, component := range env.Profile.Components {
		title := component.Name
		if env.Name != "" {
			title += " in " + env.Name
		}
		if name := session.Image(env.Resolution, component.Name); all || s.images[title] != name {
			s.images[title] = name
			s.say("Pods of %s get %s", title, name)
		}
	}
}

// remark says a problem, once.
func (s *dialog) remark(p model.Problem) {
	if !s.told[p] {
		s.told[p] = true
		s.problem(p)
	}
}

func (s *dialog) problem(p model.Problem) {
	text := p.Summary
	if f, err := s.options.Catalog.Field(s.draft.Answers, p.Path); err == nil && p.Severity == model.Error {
		text = f.Label + ": " + text
	}
	if p.Fix != "" {
		text += "; " + p.Fix
	}
	s.say("%s: %s", p.Severity, text)
}
