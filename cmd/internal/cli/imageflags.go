package cli

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
)

// imageFlags name images: those of an answers file, or those that values give.
type imageFlags struct {
	answers, environment string
	values               valueFlags
}

// imageUse is one component's image. Environment is "" for values, and for answers without environments.
type imageUse struct {
	Environment string `json:"environment,omitempty"`
	Component   string `json:"component"`
	image, tag  string
	profile     *chart.Profile
	planned     *plan.Component // nil for values
}

// String returns the environment and the component.
func (u imageUse) String() string { return strings.TrimSpace(u.Environment + " " + u.Component) }

// add adds the flags. EnvironmentHelp is the help of --environment.
func (f *imageFlags) add(c *command, environmentHelp string) {
	addAnswersFile(c, &f.answers, "answers `FILE`; - is standard input")
	addEnvironment(c, &f.environment, &f.answers, environmentHelp)
	inSection(c.Flags(), "From answers", "answers", "environment")
	f.values.add(c, "From values")
	inSection(c.Flags(), "Chart", "chart", "profile")
}

// fromAnswers reports whether an answers file is given.
func (f *imageFlags) fromAnswers(c *command) bool { return c.changed("answers") }

// check requires answers or values, and no flag that belongs to the other. What is what the command is about.
func (f *imageFlags) check(c *command, what string) error {
	switch {
	case f.fromAnswers(c):
		return c.excludeEach("answers", f.values.names()...)
	case c.changed("environment"):
		return usage("--environment needs --answers FILE")
	case !f.values.given():
		return usage("no %s given\nhint: --answers FILE, or -f FILE with values", what)
	}
	return nil
}

// readsInput reports whether the images come from standard input.
func (f *imageFlags) readsInput() bool {
	return f.answers == "-" || slices.Contains(f.values.files, "-")
}

// imageInput holds the images and where they come from: answers or values, the other is nil.
type imageInput struct {
	uses    []imageUse // in the chart's order
	answers *answerInput
	values  *loadedValues
}

// load reads the answers or the values, and returns their images.
func (f *imageFlags) load(c *command) (*imageInput, error) {
	if f.fromAnswers(c) {
		return f.loadAnswers(c)
	}
	loaded, err := f.values.loadAccepted(c)
	if err != nil {
		return nil, err
	}
	in := &imageInput{values: loaded}
	for _, component := range loaded.profile.Components {
		r := loaded.resolution.Components[component.Name]
		in.uses = append(in.uses, imageUse{Component: component.Name, image: r.Image, tag: fmt.Sprint(r.Trace.Tag.Value),
			profile: loaded.profile})
	}
	return in, nil
}

func (f *imageFlags) loadAnswers(c *command) (*imageInput, error) {
	given, err := f.readAnswers(c)
	if err != nil {
		return nil, err
	}
	p, err := given.planned(c.catalog)
	if err != nil {
		return nil, err
	}
	environments := p.Environments
	if f.environment != "" {
		env, err := environmentOf(p, f.environment)
		if err != nil {
			return nil, err
		}
		environments = []*plan.Environment{env}
	}
	in := &imageInput{answers: given}
	for _, env := range environments {
		for _, component := range env.Components {
			image := env.Resolution.Components[component.Name].Image
			in.uses = append(in.uses, imageUse{env.Name, component.Name, image, component.Tag, env.Profile, &component})
		}
	}
	return in, nil
}

// readAnswers reads the answers file, and makes --chart and --profile the chart of the answers.
func (f *imageFlags) readAnswers(c *command) (*answerInput, error) {
	in, err := readAnswers(f.answers, true, c.streams)
	if err == nil {
		_, err = f.values.chart.use(c, in.answers)
	}
	return in, err
}

// planned returns the plan of the answers. The error lists all problems.
func (in *answerInput) planned(catalog *answers.Catalog) (*plan.Plan, error) {
	p, problems := in.plan(catalog)
	if len(problems) > 0 {
		return nil, exit{exitUsage, in.withFlagNames(problems, catalog)}
	}
	return p, nil
}

// environmentOf returns the environment with that name. An empty name means the only one.
func environmentOf(p *plan.Plan, name string) (*plan.Environment, error) {
	var names []string
	for _, env := range p.Environments {
		if env.Name == name || name == "" && len(p.Environments) == 1 {
			return env, nil
		}
		names = append(names, env.Name)
	}
	known := strings.Join(names, ", ")
	switch {
	case known == "":
		return nil, usage("--environment %q: these answers have no environments", name)
	case name == "":
		return nil, usage("no environment given\nhint: --environment NAME, one of %s", known)
	}
	return nil, usage("--environment %q is not one of %s", name, known)
}
