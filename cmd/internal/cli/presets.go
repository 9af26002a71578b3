package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	sigsyaml "sigs.k8s.io/yaml"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/presets"
	"conductor-registry/ui/report"
)

func newPresets(catalog lazyCatalog, s Streams) *cobra.Command {
	var output format
	cmd := &cobra.Command{
		Use: "presets [ID]", Short: "List the known registries and charts, or show one",
		Long: `List the known registries and chart versions, or show one in full: its fields,
hosts, credentials and special cases.`,
		Example: `  conductor-registry presets
  conductor-registry presets ecr`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("presets takes one ID, not %q and %q", args[0], args[1])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return showPreset(catalog.Catalog, s, args[0], output)
			}
			return listPresets(catalog.Catalog, s, output)
		},
	}
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		var found []string
		if err := catalog.load(); err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		for _, e := range entries(catalog.Catalog) {
			if len(args) == 0 {
				found = append(found, e.ID+"\t"+e.Title)
			}
		}
		return found, cobra.ShellCompDirectiveNoFileComp
	}
	output.add(cmd)
	return cmd
}

// entry is one line of the list.
type entry struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"` // registry or chart
	Title   string `json:"title"`
	Summary string `json:"summary"`
}

func entries(catalog *answers.Catalog) []entry {
	var out []entry
	for _, p := range catalog.Registries.Entries() {
		out = append(out, entry{p.ID, "registry", p.Title, p.Summary})
	}
	for _, p := range catalog.Charts {
		out = append(out, entry{p.ID, "chart", p.Title, p.Summary})
	}
	return out
}

func listPresets(catalog *answers.Catalog, s Streams, output format) error {
	if output.json() {
		return model.WriteJSON(s.Out, struct {
			FormatVersion string  `json:"formatVersion"`
			Presets       []entry `json:"presets"`
		}{formatVersion, entries(catalog)})
	}
	t := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0)
	for _, e := range entries(catalog) {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", e.Kind, e.ID, e.Title, e.Summary)
	}
	return t.Flush()
}

// showPreset prints one preset: a page for people, or as JSON the content of its file.
func showPreset(catalog *answers.Catalog, s Streams, id string, output format) error {
	data, isChart := presets.ChartFile(id)
	p, isRegistry := catalog.Registries.Preset(id)
	switch {
	case isRegistry && !output.json():
		return report.Preset(s.Out, p)
	case isRegistry:
		data = p.Source
	case !isChart:
		return unknownPreset(catalog, id)
	case !output.json():
		profile, err := catalog.Chart(id)
		if err != nil {
			return exit{exitFailure, err}
		}
		return report.Chart(s.Out, profile)
	}
	var preset any
	if err := sigsyaml.Unmarshal(data, &preset); err != nil {
		return exit{exitFailure, err}
	}
	return model.WriteJSON(s.Out, struct {
		FormatVersion string `json:"formatVersion"`
		ID            string `json:"id"`
		Preset        any    `json:"preset"`
	}{formatVersion, id, preset})
}

func unknownPreset(catalog *answers.Catalog, id string) error {
	if near := catalog.Registries.Suggest(id); near != "" {
		return usage("unknown preset %q; did you mean %s?", id, near)
	}
	var ids []string
	for _, e := range entries(catalog) {
		ids = append(ids, e.ID)
	}
	return usage("unknown preset %q\nhint: known presets are %s", id, strings.Join(ids, ", "))
}
