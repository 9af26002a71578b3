package cli

import (
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	sigsyaml "sigs.k8s.io/yaml"

	"conductor-registry/model/answers"
	"conductor-registry/presets"
	"conductor-registry/ui/report"
)

func newPresets(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &command{streams: s, catalog: catalog}
	c.Command = &cobra.Command{
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
				return c.showPreset(args[0])
			}
			return c.listPresets()
		},
	}
	c.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		var found []string
		for _, e := range entries(catalog) {
			if len(args) == 0 {
				found = append(found, e.ID+"\t"+e.Title)
			}
		}
		return found, cobra.ShellCompDirectiveNoFileComp
	}
	c.addOutput()
	return c.Command
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
	for _, p := range catalog.Charts.Entries() {
		out = append(out, entry{p.ID, "chart", p.Title, p.Summary})
	}
	return out
}

// presetList is the JSON output of presets.
type presetList struct {
	FormatVersion string  `json:"formatVersion"`
	Presets       []entry `json:"presets"`
}

func (c *command) listPresets() error {
	list := entries(c.catalog)
	return c.print(exitOK, presetList{formatVersion, list}, func() error {
		t := tabwriter.NewWriter(c.streams.Out, 0, 0, 2, ' ', 0)
		for _, e := range list {
			printf(t, "%s\t%s\t%s\t%s\n", e.Kind, e.ID, e.Title, e.Summary)
		}
		return t.Flush()
	})
}

// shownPreset is the JSON output of presets ID: the content of the preset's file.
type shownPreset struct {
	FormatVersion string `json:"formatVersion"`
	ID            string `json:"id"`
	Preset        any    `json:"preset"`
}

// showPreset prints one preset: a page for people, or its file as JSON.
func (c *command) showPreset(id string) error {
	data, isChart := presets.ChartFile(id)
	p, isRegistry := c.catalog.Registries.Preset(id)
	text := func() error { return report.Preset(c.streams.Out, p) }
	switch {
	case isRegistry:
		data = p.Source
	case isChart:
		profile, err := c.catalog.Chart(id)
		if err != nil {
			return err
		}
		text = func() error { return report.Chart(c.streams.Out, profile) }
	default:
		return unknownPreset(c.catalog, id)
	}
	var preset any
	if err := sigsyaml.Unmarshal(data, &preset); err != nil {
		return err
	}
	return c.print(exitOK, shownPreset{formatVersion, id, preset}, text)
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
