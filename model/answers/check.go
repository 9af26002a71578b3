package answers

import (
	"fmt"
	"strings"

	"conductor-registry/model"
)

// Check returns all that is invalid or missing, at most one problem for each path. File is the name of the answers'
// file in problems.
func (c *Catalog) Check(a *Answers, file string) model.Problems {
	r, at := newCheckReport(a, file), c.place(a)
	for _, name := range a.Environments() {
		if err := at.checkEnvironments(name); err != nil {
			r.add(Path{Environment: name}, err.Error())
		}
	}
	r.checkAnswers(at, func(question) bool { return true })
	for _, e := range c.Effective(a) {
		c.checkRegistries(e, r)
		at := at.in(e.Environment, "")
		if at.namesSecret() && e.Secret.Name.Text == "" && !e.Secret.Name.Answered {
			r.add(e.Secret.Name.Path, CheckSecretName("").Error())
		}
	}
	return r.problems
}

// checkRegistries requires each component to have a registry that can be located.
func (c *Catalog) checkRegistries(e *Effective, r *checkReport) {
	for _, component := range e.Components {
		if component.Provider.Text == "" {
			r.add(component.Provider.Path, "is missing: one of "+strings.Join(c.providerIDs(), ", "))
		}
		for _, wrong := range component.Wrong {
			field := Path{e.Environment, component.Name, registryPrefix + wrong.Field}
			r.add(r.answers.Lookup(field).Path, fmt.Sprintf("%s: %v", component.Preset.Title, wrong.Err))
		}
	}
}

// Unknown returns the answers that the wizard has no question to fix.
func (c *Catalog) Unknown(a *Answers, file string) model.Problems {
	r := newCheckReport(a, file)
	r.checkAnswers(c.place(a), func(q question) bool { return q.label == "" })
	return r.problems
}

// checkReport collects the problems of answers.
type checkReport struct {
	answers  *Answers
	file     string
	seen     map[Path]bool
	problems model.Problems
}

func newCheckReport(a *Answers, file string) *checkReport {
	return &checkReport{answers: a, file: file, seen: map[Path]bool{}}
}

// checkAnswers reports the answers that have no question, and the invalid ones to the questions that are checked.
func (r *checkReport) checkAnswers(at place, isChecked func(question) bool) {
	for _, text := range r.answers.Paths() {
		path := ParsePath(text)
		q, at, err := at.find(path)
		if err == nil && isChecked(q) {
			err = q.validate(at, r.answers.Get(text))
		}
		if err != nil {
			r.add(path, err.Error())
		}
	}
}

// add reports what is wrong at a path; only the first problem of a path counts, since it leads to the others.
func (r *checkReport) add(path Path, summary string) {
	if r.seen[path] {
		return
	}
	r.seen[path] = true
	r.problems = append(r.problems, model.Problem{Rule: "answer", Severity: model.Error, File: r.file,
		Line: r.answers.lines[path], Path: path.String(), Summary: summary})
}
