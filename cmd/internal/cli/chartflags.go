package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/verify/helm"
)

// chartFlags name a chart by its path, or by a profile that says which keys it reads.
type chartFlags struct{ path, profile string }

func (f *chartFlags) add(cmd *cobra.Command) {
	addChartPath(cmd, &f.path)
	cmd.Flags().StringVar(&f.profile, "profile", "",
		"chart profile `FILE` to use instead of the known ones, such as inspect --profile prints")
	_ = cmd.MarkFlagFilename("profile", "yaml", "yml")
}

// addChartPath adds --chart.
func addChartPath(cmd *cobra.Command, path *string) {
	cmd.Flags().StringVar(path, "chart", "",
		"`PATH` of the chart, a folder or .tgz: its version, appVersion and defaults are used")
	_ = cmd.MarkFlagFilename("chart", "tgz")
}

// given reports whether one of the flags is set.
func (f *chartFlags) given(cmd *cobra.Command) bool {
	return cmd.Flags().Changed("chart") || cmd.Flags().Changed("profile")
}

// load returns the profile of the chart, and prints warnings about the chart to standard error.
func (f *chartFlags) load(cmd *cobra.Command, catalog *answers.Catalog, s Streams) (*chart.Profile, error) {
	var profile *chart.Profile
	if cmd.Flags().Changed("profile") {
		data, err := readFile(f.profile, s.In)
		if err != nil {
			return nil, exit{exitFailure, err}
		}
		if profile, err = chart.DecodeProfile(f.profile, data); err != nil {
			return nil, exit{exitFailure, err}
		}
		if !cmd.Flags().Changed("chart") {
			return profile, nil
		}
	}
	found, err := helm.ReadChart(f.path)
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	local := chart.LocalChart{Path: f.path, Name: found.Name, Version: found.Version, AppVersion: found.AppVersion,
		Defaults: found.Values}
	if profile != nil {
		return profile.For(local), nil
	}
	profile, problems, err := chart.Match(catalog.Charts, local)
	if err != nil {
		return nil, usage("--chart %q: %w", f.path, err)
	}
	printProblems(s.Err, problems)
	return profile, nil
}

// useChart makes a chart the catalog's default, in place of the known one with the same ID. Answers that name another
// chart are an error.
func useChart(catalog *answers.Catalog, profile *chart.Profile, a *answers.Answers) error {
	for _, env := range a.EnvironmentNames() {
		if id := a.Lookup(answers.Path{Environment: env, Leaf: "chart"}).Text; id != "" && id != profile.ID &&
			id != profile.Version {
			return usage("the chart to use is %s (read as %s), but the answers name chart %q", profile.Version, profile.ID, id)
		}
	}
	others := slices.DeleteFunc(slices.Clone(catalog.Charts), func(p *chart.Profile) bool { return p.ID == profile.ID })
	catalog.Charts = append([]*chart.Profile{profile}, others...)
	return nil
}

// placeholders returns values in place of the files that an installation of the chart adds. The images do not depend on
// them.
func placeholders(profile *chart.Profile) []values.Source {
	if files, needed := profile.Install.Placeholders(); needed {
		return []values.Source{files}
	}
	return nil
}
