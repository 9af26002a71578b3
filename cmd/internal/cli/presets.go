package cli

import (
	"fmt"
	"iter"
	"maps"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	sigsyaml "sigs.k8s.io/yaml"

	"conductor-registry/model/form"
	"conductor-registry/presets"
)

func mapKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

func newPresets(catalog *form.Catalog, s Streams) *cobra.Command {
	var output format
	cmd := &cobra.Command{Use: "presets [ID]", Short: "List the registries and charts known, or show one in full",
		Args: cobra.MaximumNArgs(1),
		Example: `  conductor-registry presets
  conductor-registry presets ecr`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return showPreset(catalog, s, args[0], output)
			}
			return listPresets(catalog, s, output)
		}}
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var ids []string
		for _, e := range entries(catalog) {
			ids = append(ids, e.ID)
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
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

func entries(catalog *form.Catalog) []entry {
	var out []entry
	for _, p := range catalog.Registries.Presets() {
		out = append(out, entry{p.ID, "registry", p.Title, p.Summary})
	}
	for _, p := range catalog.Charts {
		out = append(out, entry{p.ID, "chart", p.Title, p.Summary})
	}
	return out
}

func listPresets(catalog *form.Catalog, s Streams, output format) error {
	if output.json() {
		return writeJSON(s.Out, map[string]any{"formatVersion": formatVersion, "presets": entries(catalog)})
	}
	t := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0)
	for _, e := range entries(catalog) {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", e.Kind, e.ID, e.Title, e.Summary)
	}
	return t.Flush()
}

// showPreset prints the file that a preset is made from: it is written to be read.
func showPreset(catalog *form.Catalog, s Streams, id string, output format) error {
	data, ok := presets.File(id)
	if !ok {
		var ids []string
		for _, e := range entries(catalog) {
			ids = append(ids, e.ID)
		}
		hint := "one of " + strings.Join(ids, ", ")
		if near := catalog.Registries.Suggest(id); near != "" {
			hint = "did you mean " + near + "?"
		}
		return exit{exitUsage, fmt.Errorf("no preset %s; %s", id, hint)}
	}
	if !output.json() {
		_, err := s.Out.Write(data)
		return err
	}
	var preset any
	if err := sigsyaml.Unmarshal(data, &preset); err != nil {
		return exit{exitFailure, err}
	}
	return writeJSON(s.Out, map[string]any{"formatVersion": formatVersion, "id": id, "preset": preset})
}
