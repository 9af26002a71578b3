package cli

import (
	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/verify/helm"
)

// addChart adds --chart, the chart itself instead of its version.
func addChart(cmd *cobra.Command, path *string) {
	cmd.Flags().StringVar(path, "chart", "",
		"`PATH` of the chart, a folder or .tgz: its own version, appVersion and defaults count")
	_ = cmd.MarkFlagFilename("chart", "tgz")
}

// atHand is the profile for the chart at a path, with what is to be warned of it on standard error.
func atHand(catalog *answers.Catalog, s Streams, path string) (*chart.Profile, error) {
	found, err := helm.ReadChart(path)
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	profile, problems, err := chart.Match(catalog.Charts, chart.AtHand{Path: path, Name: found.Name,
		Version: found.Version, AppVersion: found.AppVersion, Defaults: found.Values})
	if err != nil {
		return nil, usage("--chart %s: %w", path, err)
	}
	warn(s.Err, problems)
	return profile, nil
}

// useChart has the catalog know the chart at a path instead of the profile it is read by, and makes it the one to use.
// Answers that name another chart are refused: they would be written for a chart that is not there.
func useChart(catalog *answers.Catalog, s Streams, path string, given *answers.Answers) error {
	profile, err := atHand(catalog, s, path)
	if err != nil {
		return err
	}
	for _, env := range answers.Layers(given) {
		if id := given.In(env).Get("chart"); id != "" && id != profile.ID && id != profile.Version {
			return usage("--chart %s is chart %s, read as %s, and the answers say chart %s: change one of them", path,
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

// standIn are values in place of the files that an installation of the chart adds: what is asked of the images does not
// depend on them.
func standIn(profile *chart.Profile) []values.Source {
	if files, needed := profile.Install.StandIn(); needed {
		return []values.Source{files}
	}
	return nil
}
