package form

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/registry"
)

// Complete is a with the default of every question that was not answered. An environment gets none of its own: what it
// does not change is common.
func (c *Catalog) Complete(a *answers.Answers) *answers.Answers {
	out := a.Clone()
	for before := -1; before != len(out.In("").Paths()); { // an answer can bring up new questions
		before = len(out.In("").Paths())
		for _, f := range c.Fields(out.In("")) {
			if f.Default != "" && !out.Has(f.Path) {
				out.Set(f.Path, f.Default)
			}
		}
	}
	return out
}

// Check lists all that is wrong with the answers or missing. File is how problems name their source.
func (c *Catalog) Check(a *answers.Answers, file string) model.Problems {
	var problems model.Problems
	report := func(path, summary string) {
		p := model.Problem{Rule: "answer", Severity: model.Error, Path: path, Summary: summary}
		if line := a.Line(path); line > 0 {
			p.File, p.Line = file, line
		} else if file != "" {
			p.File = file
		}
		for _, q := range problems {
			if q.Path == p.Path {
				return // one problem a path: the first one leads to the rest
			}
		}
		problems = append(problems, p)
	}
	if err := checkEnvironments(strings.Join(a.Environments(), ",")); err != nil {
		report("environments", err.Error())
	}
	for _, path := range a.Paths() {
		f, err := c.Field(a, path)
		if err == nil {
			err = f.Check(a.Get(path))
		}
		if err != nil {
			report(path, err.Error())
		}
	}
	for _, env := range Layers(a) {
		c.checkRegistries(a, env, report)
	}
	return problems
}

// Layers are the names of the environments, or the one without a name when there are none.
func Layers(a *answers.Answers) []string {
	if names := a.Environments(); len(names) > 0 {
		return names
	}
	return []string{""}
}

// checkRegistries wants each component to have a registry that can be located.
func (c *Catalog) checkRegistries(a *answers.Answers, env string, report func(path, summary string)) {
	here := a.In(env)
	for _, component := range c.Components(here) {
		fields := here.Registry(component)
		if fields["provider"] == "" {
			q := question{catalog: c, here: here}
			report(a.Origin(env, component, "registry.provider"),
				"is missing: one of "+strings.Join(q.providers(), ", "))
			continue
		}
		preset := c.preset(fields)
		if preset == nil {
			continue // reported with the answer itself
		}
		_, wrong := preset.Locate(fields)
		for _, e := range wrong {
			report(a.Origin(env, component, "registry."+e.Field), explain(preset, e))
		}
	}
}

func explain(preset *registry.Preset, e registry.FieldError) string {
	return fmt.Sprintf("%s: %v", preset.Title, e.Err)
}
