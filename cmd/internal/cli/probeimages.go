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

// use is one component's image. Environment is "" for values, and for answers without environments.
type use struct {
	Environment string `json:"environment,omitempty"`
	Component   string `json:"component"`
	image       string
}

// String is the use as people read it.
func (u use) String() string { return strings.TrimSpace(u.Environment + " " + u.Component) }

func (f *imageFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	addAnswersFile(cmd, &f.answers, "answers `FILE`; - is standard input")
	flags.StringVar(&f.environment, "environment", "", "which environment of the answers, if not all")
	inSection(flags, "From answers", "answers", "environment")
	f.values.add(cmd)
	inSection(flags, "From values", f.values.names()...)
	_ = cmd.RegisterFlagCompletionFunc("environment",
		func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			if f.answers == "" || f.answers == "-" {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			given, err := newGiven(f.answers, true, nil)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return given.answers.Environments(), cobra.ShellCompDirectiveNoFileComp
		})
}

// fromAnswers tells whether an answers file is given.
func (f *imageFlags) fromAnswers(cmd *cobra.Command) bool { return cmd.Flags().Changed("answers") }

// check wants one source, and no flag that belongs to the other.
func (f *imageFlags) check(cmd *cobra.Command) error {
	changed := cmd.Flags().Changed
	if f.fromAnswers(cmd) {
		for _, name := range f.values.names() {
			if changed(name) {
				return usage("--%s belongs to values, and --answers is given: give one of them", name)
			}
		}
		return nil
	}
	switch {
	case changed("environment"):
		return usage("--environment belongs to answers: give --answers FILE too")
	case !f.values.given():
		return usage("which images? give --answers FILE, or -f FILE with values")
	}
	return nil
}

// readsInput tells whether the images come from standard input.
func (f *imageFlags) readsInput() bool {
	return f.answers == "-" || slices.Contains(f.values.files, "-")
}

// ofValues are the images that the values give, in the chart's order.
func (f *imageFlags) ofValues(cmd *cobra.Command, catalog *answers.Catalog, s Streams) ([]use, error) {
	profile, err := f.values.profile(cmd, catalog, s)
	if err != nil {
		return nil, err
	}
	resolution, code, err := f.values.resolve(profile, s.In, standIn(profile)...)
	if err != nil {
		return nil, err
	}
	if resolution.Error != nil {
		return nil, exit{code, refusal(profile, resolution.Error)}
	}
	var uses []use
	for _, c := range profile.Components {
		uses = append(uses, use{Component: c.Name, image: resolution.Components[c.Name].Image})
	}
	return uses, nil
}

// ofAnswers are the images that the answers give, of one environment or all.
func (f *imageFlags) ofAnswers(catalog *answers.Catalog, s Streams) ([]use, error) {
	given, err := newGiven(f.answers, true, s.In)
	if err != nil {
		return nil, err
	}
	p, problems := given.plan(catalog)
	if len(problems) > 0 {
		return nil, exit{exitUsage, given.worded(problems, catalog)}
	}
	if f.environment != "" {
		env, err := pick(p, f.environment)
		if err != nil {
			return nil, err
		}
		p.Environments = slices.DeleteFunc(p.Environments, func(e *plan.Environment) bool { return e != env })
	}
	var uses []use
	for _, env := range p.Environments {
		for _, c := range env.Components {
			uses = append(uses, use{env.Name, c.Name, env.Resolution.Components[c.Name].Image})
		}
	}
	return uses, nil
}

// refusedAs says what is wrong with answers as JSON where that is wanted.
func refusedAs(o format, s Streams, err error, report func(model.Problems) any) error {
	problems, ok := errors.AsType[model.Problems](err)
	if e, known := errors.AsType[exit](err); ok && known {
		return o.instead(s.Out, report(problems), e)
	}
	return err
}
