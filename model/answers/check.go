package answers

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/registry"
)

// Complete is a with the default of every common question that was not answered, as far as it is the same in all
// environments: where one has another provider or chart, its defaults are its own.
func (c *Catalog) Complete(a *Answers) *Answers { return Merge(a, c.Flats(a)) }

// Flats are what holds in each of a's layers, in their order: its answers over the common ones, and the defaults.
func (c *Catalog) Flats(a *Answers) []*Answers {
	var out []*Answers
	for _, env := range Layers(a) {
		out = append(out, c.Flat(a.In(env)))
	}
	return out
}

// Merge is a with the defaults that all of its flats have alike.
func Merge(a *Answers, flats []*Answers) *Answers {
	out, differs := a.Clone(), map[string]bool{}
	for i, env := range Layers(a) {
		given := a.In(env)
		for _, path := range flats[i].Paths() {
			if given.Has(path) {
				continue
			}
			value := flats[i].Get(path)
			differs[path] = differs[path] || out.Has(path) && out.Get(path) != value
			out.Set(path, value)
		}
	}
	for path, so := range differs {
		if so {
			out.Unset(path)
		}
	}
	return out
}

// Flat is answers without environments with the default of every question that was not answered.
func (c *Catalog) Flat(a *Answers) *Answers {
	out := a.Clone()
	var asked []string
	for { // an answer can bring up new questions
		paths := c.paths(out, c.Profile(out))
		if slices.Equal(paths, asked) {
			return out
		}
		for _, path := range paths {
			if out.Has(path) {
				continue
			}
			if f, err := c.Field(out, path); err == nil && f.Default != "" {
				out.Set(path, f.Default)
			}
		}
		asked = paths
	}
}

// Check lists all that is wrong with the answers or missing. File is how problems name their source.
func (c *Catalog) Check(a *Answers, file string) model.Problems {
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
	for _, name := range a.Environments() {
		if err := checkEnvironments(name); err != nil {
			report("environments."+name, err.Error())
		}
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
		c.checkSecret(a, env, report)
	}
	return problems
}

// Unknown lists the answers that nothing in the wizard could mend: no question stands for them.
func (c *Catalog) Unknown(a *Answers, file string) model.Problems {
	var problems model.Problems
	for _, path := range a.Paths() {
		f, err := c.Field(a, path)
		if err == nil && f.Label == "" { // known, and not asked for
			err = f.Check(a.Get(path))
		}
		if err != nil {
			problems = append(problems, model.Problem{Rule: "answer", Severity: model.Error, Path: path, File: file,
				Line: a.Line(path), Summary: err.Error()})
		}
	}
	return problems
}

// Layers are the names of the environments, or the one without a name when there are none.
func Layers(a *Answers) []string {
	if names := a.Environments(); len(names) > 0 {
		return names
	}
	return []string{""}
}

// checkRegistries wants each component to have a registry that can be located.
func (c *Catalog) checkRegistries(a *Answers, env string, report func(path, summary string)) {
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

// checkSecret wants a name for a secret that exists already.
func (c *Catalog) checkSecret(a *Answers, env string, report func(path, summary string)) {
	here := a.In(env)
	f, err := c.Field(here, "pullSecret.name")
	if err == nil && f.Required && !here.Has(f.Path) && c.Profile(here).Writes("secret.name", c.method(here)) {
		report(a.Origin(env, "", f.Path), f.Check("").Error())
	}
}

func explain(preset *registry.Preset, e registry.FieldError) string {
	return fmt.Sprintf("%s: %v", preset.Title, e.Err)
}
