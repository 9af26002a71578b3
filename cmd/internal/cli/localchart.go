package cli

import (
	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/verify/helm"
)

// addChart adds --chart, which names a chart by its path.
func addChart(cmd *cobra.Command, path *string) {
	cmd.Flags().StringVar(path, "chart", "",
		"`PATH` of the chart, a folder or .tgz: its version, appVersion and defaults are used")
	_ = cmd.MarkFlagFilename("chart", "tgz")
}

// localChart returns the profile for the chart at a path, and prints warnings about it to standard error.
func localChart(catalog *answers.Catalog, s Streams, path string) (*chart.Profile, error) {
	found, err := helm.ReadChart(path)
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	profile, problems, err := chart.Match(catalog.Charts, chart.LocalChart{Path: path, Name: found.Name,
		Version: found.Version, AppVersion: found.AppVersion, Defaults: found.Values})
	if err != nil {
		return nil, usage("--chart %s: %w", path, err)
	}
	printProblems(s.Err, problems)
	return profile, nil
}

// useChart makes the chart at a path the catalog's default chart, in place of the profile that it is read with. Answers
// that name another chart are an error.
func useChart(catalog *answers.Catalog, s Streams, path string, given *answers.Answers) error {
	profile, err := localChart(catalog, s, path)
	if err != nil {
		return err
	}
	for _, env := range answers.Layers(given) {
		if id := given.In(env).Get("chart"); id != "" && id != profile.ID && id != profile.Version {
			return usage("--chart %s is chart %s, read as %s, but the answers name chart %s", path,
				profile.Version, profile.ID, id)
		}
	}
	charts := []*chart.Profile{profile}
	for _, p := range catalog.Charts {
		if p.ID != profile.ID {
			charts = append(charts, p)
		}
	}
	catalog.Charts = charts
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
