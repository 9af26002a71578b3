package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
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
	image       string
}

// String returns the environment and the component.
func (u imageUse) String() string { return strings.TrimSpace(u.Environment + " " + u.Component) }

func (f *imageFlags) add(cmd *cobra.Command) {
	addAnswersFile(cmd, &f.answers, "answers `FILE`; - is standard input")
	addEnvironment(cmd, &f.environment, &f.answers, "one environment of the answers (default: all)")
	inSection(cmd.Flags(), "From answers", "answers", "environment")
	f.values.add(cmd)
	inSection(cmd.Flags(), "From values", f.values.names()...)
}

// fromAnswers reports whether an answers file is given.
func (f *imageFlags) fromAnswers(cmd *cobra.Command) bool { return cmd.Flags().Changed("answers") }

// check requires answers or values, and no flag that belongs to the other.
func (f *imageFlags) check(cmd *cobra.Command) error {
	if done, err := answersOrValues(cmd, &f.values); done || err != nil {
		return err
	}
	if !f.values.given() {
		return usage("no images given\nhint: --answers FILE, or -f FILE with values")
	}
	return nil
}

// answersOrValues refuses flags of values beside --answers, and flags of answers without it. Done reports whether
// --answers is given.
func answersOrValues(cmd *cobra.Command, v *valueFlags) (done bool, err error) {
	changed := cmd.Flags().Changed
	if !changed("answers") {
		if changed("environment") {
			return false, usage("--environment needs --answers FILE")
		}
		return false, nil
	}
	for _, name := range v.names() {
		if err := exclude(cmd, "answers", name); err != nil {
			return true, err
		}
	}
	return true, nil
}

// readsInput reports whether the images come from standard input.
func (f *imageFlags) readsInput() bool {
	return f.answers == "-" || slices.Contains(f.values.files, "-")
}

// uses returns the images that are named, in the chart's order.
func (f *imageFlags) uses(cmd *cobra.Command, catalog *answers.Catalog, s Streams) ([]imageUse, error) {
	if !f.fromAnswers(cmd) {
		return f.usesOfValues(cmd, catalog, s)
	}
	in, err := readAnswers(f.answers, true, s.In)
	if err != nil {
		return nil, err
	}
	environments, err := f.environments(in, catalog)
	if err != nil {
		return nil, err
	}
	var uses []imageUse
	for _, env := range environments {
		for _, c := range env.Components {
			uses = append(uses, imageUse{env.Name, c.Name, env.Resolution.Components[c.Name].Image})
		}
	}
	return uses, nil
}

func (f *imageFlags) usesOfValues(cmd *cobra.Command, catalog *answers.Catalog, s Streams) ([]imageUse, error) {
	profile, err := f.values.profile(cmd, catalog, s)
	if err != nil {
		return nil, err
	}
	resolution, err := f.values.resolved(profile, s.In)
	if err != nil {
		return nil, err
	}
	var uses []imageUse
	for _, c := range profile.Components {
		uses = append(uses, imageUse{Component: c.Name, image: resolution.Components[c.Name].Image})
	}
	return uses, nil
}

// environments returns the planned environments of the answers: the one that --environment names, or all.
func (f *imageFlags) environments(in *answerInput, catalog *answers.Catalog) ([]*plan.Environment, error) {
	p, problems := in.plan(catalog)
	if len(problems) > 0 {
		return nil, exit{exitUsage, in.withFlagNames(problems, catalog)}
	}
	if f.environment == "" {
		return p.Environments, nil
	}
	env, err := environmentOf(p, f.environment)
	return []*plan.Environment{env}, err
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
	return nil, usage("--environment %q: is not one of %s", name, known)
}

// refusedAs prints problems of answers as JSON when -o json is given.
func refusedAs(o format, s Streams, err error, report func(model.Problems) any) error {
	problems, ok := errors.AsType[model.Problems](err)
	if e, known := errors.AsType[exit](err); ok && known {
		return o.instead(s.Out, report(problems), e)
	}
	return err
}
