package cli

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/values"
	"conductor-registry/presets"
	"conductor-registry/ui/session"
)

type convertCommand struct {
	streams        Streams
	catalog        *answers.Catalog
	output         format
	file, from, to string
	write          bool
}

func newConvert(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &convertCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "convert", Short: "Rewrite a values file for another version of the chart", Args: noArguments,
		Long: `Rewrite the image, pull policy and pull secret keys of a values file for another
version of the chart, so that the pods get the same images. Keys that the file
does not set are not added. Every other byte stays, comments included; other
settings, such as databases and ingress, are not converted.

What cannot be converted is listed with its line. Credentials in the values are
never shown; where the new chart cannot create a secret from them, only the old
file has them.

The result goes to standard output; --write replaces the file and keeps the old
one as FILE.bak. Where a key cannot be changed without touching others (a YAML
anchor that is used elsewhere), nothing is printed or written.

Exit codes: 0 converted, 1 the file cannot be read or written or is not YAML,
2 wrong flags, 3 something was not converted (a warning; the result is printed
or written) or nothing could be converted (an error).`,
		Example: `  conductor-registry convert -f values.yaml --to 3.0
  conductor-registry convert -f values.yaml --chart-version 2.7 --to 2.8 --write
  helm get values conductor -o yaml | conductor-registry convert -f - --to 3.0`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&c.file, "values", "f", "", "values `FILE`; - is standard input")
	ids := presets.ChartIDs()
	known := strings.Join(ids, ", ") + ", or a release such as 2.7.40"
	flags.StringVar(&c.from, "chart-version", "", "chart `VERSION` the file is for, if its keys do not show it: "+known)
	flags.StringVar(&c.to, "to", "", "chart `VERSION` to convert to: "+known)
	flags.BoolVar(&c.write, "write", false, "replace the file; keep the old one as FILE.bak")
	_ = cmd.MarkFlagFilename("values", "yaml", "yml")
	for _, name := range []string{"chart-version", "to"} {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
	}
	c.output.add(cmd)
	return cmd
}

func (c *convertCommand) run(cmd *cobra.Command) error {
	to, err := c.target(cmd)
	if err != nil {
		return err
	}
	data, err := readFile(c.file, c.streams.In)
	if err != nil {
		return exit{exitFailure, err}
	}
	source, err := values.Parse(values.Source{Name: shownName(c.file), Data: data})
	if err != nil {
		return err
	}
	from, err := c.sourceChart(cmd, source)
	if err != nil {
		return err
	}
	result := convert.Convert(source, from, to)
	action, err := replaceFile(c.file, data, result.Data, c.write)
	if err != nil {
		return err
	}
	if err := c.print(from, to, result, action); err != nil {
		return err
	}
	if slices.ContainsFunc(result.Problems, func(p model.Problem) bool { return p.Severity != model.Info }) {
		return exit{code: exitRefused}
	}
	return nil
}

// target checks the flags and returns the chart to convert to.
func (c *convertCommand) target(cmd *cobra.Command) (*chart.Profile, error) {
	switch {
	case !cmd.Flags().Changed("values"):
		return nil, usage("no values file given\nhint: conductor-registry convert -f values.yaml --to 3.0")
	case !cmd.Flags().Changed("to"):
		return nil, usage("no target chart given\nhint: --to VERSION, one of %s", strings.Join(presets.ChartIDs(), ", "))
	case c.write && c.file == "-":
		return nil, usage("--write needs a file: standard input cannot be replaced")
	}
	to, err := c.catalog.Chart(c.to)
	if err != nil {
		return nil, usage("--to: %w", err)
	}
	return to, nil
}

// sourceChart returns the chart that the file was written for: that of the flag, else the one that its keys show.
func (c *convertCommand) sourceChart(cmd *cobra.Command, source *values.File) (*chart.Profile, error) {
	guess, keys := convert.Guess(source, c.catalog.Charts)
	const shown = 4
	if len(keys) > shown {
		keys = append(keys[:shown:shown], "...")
	}
	found := strings.Join(keys, ", ")
	if !cmd.Flags().Changed("chart-version") {
		if guess == nil {
			return nil, usage("%s: cannot detect its chart version from its keys\nhint: --chart-version VERSION, one of %s",
				shownName(c.file), strings.Join(presets.ChartIDs(), ", "))
		}
		fmt.Fprintf(c.streams.Err, "note: %s is read as values of chart %s, because of its keys %s; "+
			"--chart-version overrides this\n", shownName(c.file), guess.ID, found)
		return guess, nil
	}
	from, err := c.catalog.Chart(c.from)
	if err != nil {
		return nil, usage("--chart-version: %w", err)
	}
	if guess != nil && guess.ID != from.ID {
		fmt.Fprintf(
			c.streams.Err,
			"note: %s looks like values of chart %s, because of its keys %s\n",
			shownName(c.file),
			guess.ID,
			found,
		)
	}
	return from, nil
}

// replaceFile replaces a file when write is set, and returns what happened to it. Data is nil when there is no result.
func replaceFile(name string, old, data []byte, write bool) (fileAction, error) {
	out := fileAction{Path: name, Action: session.WouldChange}
	switch {
	case data == nil:
		return out, nil
	case bytes.Equal(old, data):
		out.Action = session.Unchanged
		return out, nil
	case !write:
		return out, nil
	}
	out.Action = session.Overwritten
	if err := files.Replace(name, data); err != nil {
		return out, exit{exitFailure, err}
	}
	return out, nil
}

// print prints the new file, or what happened to it with --write. Problems are messages.
func (c *convertCommand) print(from, to *chart.Profile, r *convert.Converted, action fileAction) error {
	if c.output.json() {
		return model.WriteJSON(c.streams.Out, convertedJSON(from, to, r, action, c.write))
	}
	printProblems(c.streams.Err, r.Problems)
	switch {
	case r.Data == nil:
		fmt.Fprintf(c.streams.Err, "%s was not changed\n", shownName(c.file))
		return nil
	case c.write:
		action.write(c.streams.Out, false)
		return nil
	}
	_, err := c.streams.Out.Write(r.Data)
	return err
}

// converted is the JSON output of convert.
type converted struct {
	FormatVersion string               `json:"formatVersion"`
	From          chart.Identity       `json:"from"`
	To            chart.Identity       `json:"to"`
	File          fileAction           `json:"file"`
	Text          string               `json:"text,omitempty"` // the new file, unless it was written
	Images        map[string]imagePair `json:"images"`
	Problems      model.Problems       `json:"problems"`
}

// imagePair is a component's image with the old chart and with the new one; "" where it has none.
type imagePair struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

func convertedJSON(from, to *chart.Profile, r *convert.Converted, action fileAction, written bool) converted {
	out := converted{FormatVersion: formatVersion, From: from.Identity(), To: to.Identity(), File: action,
		Images: map[string]imagePair{}, Problems: append(model.Problems{}, r.Problems...)}
	if !written {
		out.Text = string(r.Data)
	}
	image := func(r *chart.Resolution, component string) string {
		if r == nil || r.Components[component] == nil {
			return ""
		}
		return r.Components[component].Image
	}
	for _, c := range from.Components {
		out.Images[c.Name] = imagePair{image(r.Before, c.Name), image(r.After, c.Name)}
	}
	return out
}
