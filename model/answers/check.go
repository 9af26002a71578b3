package answers

import (
	"fmt"
	"strings"

	"conductor-registry/model"
)

// Check returns all that is invalid or missing, at most one problem for each path. File is the name of the answers' file
// in problems.
func (c *Catalog) Check(a *Answers, file string) model.Problems {
	r := checkReport{answers: a, file: file, seen: map[Path]bool{}}
	for _, name := range a.Environments() {
		if err := checkEnvironments(name); err != nil {
			r.add(Path{Environment: name}, err.Error())
		}
	}
	at := c.place(a)
	for _, text := range a.Paths() {
		path := ParsePath(text)
		q, at, err := at.find(path)
		if err == nil {
			err = q.check(at, a.Get(text))
		}
		if err != nil {
			r.add(path, err.Error())
		}
	}
	for _, e := range c.Effective(a) {
		c.checkRegistries(e, &r)
		at := at.in(e.Environment, "")
		if at.namesSecret() && e.Secret.Name.Text == "" && !e.Secret.Name.Answered {
			r.add(e.Secret.Name.Path, CheckSecretName("").Error())
		}
	}
	return r.problems
}

// checkRegistries wants each component to have a registry that can be located.
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
	r := checkReport{answers: a, file: file, seen: map[Path]bool{}}
	at := c.place(a)
	for _, text := range a.Paths() {
		path := ParsePath(text)
		q, at, err := at.find(path)
		if err == nil && q.label == "" {
			err = q.check(at, a.Get(text))
		}
		if err != nil {
			r.add(path, err.Error())
		}
	}
	return r.problems
}

// checkReport collects the problems of answers.
type checkReport struct {
	answers  *Answers
	file     string
	seen     map[Path]bool
	problems model.Problems
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
