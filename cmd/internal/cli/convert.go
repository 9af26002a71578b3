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
		Long: `Rewrite the image, pull-policy and pull-secret settings of a values file for
another version of the chart, so that the pods get the same. What the file
leaves to the chart is not written. Every other byte stays, comments too: other
settings, such as databases and ingress, are not converted.

What can't be carried over is listed with its line. A login in the values is
never shown; where the new chart makes no secret from it, only the old file has it.

The result is printed; --write puts it in the file's place and keeps the old one
as FILE.bak. Where a key can't be changed without touching others (an anchor
that is repeated elsewhere), nothing is printed or written.

Exit codes: 0 converted, 1 the file can't be read or written or is not YAML,
2 wrong flags, 3 something is not carried over (a warning; the result is printed
or written all the same) or nothing can be made (an error).`,
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
	flags.StringVar(&c.from, "chart-version", "",
		"`VERSION` of the chart that the file was written for, if its keys don't tell: "+known)
	flags.StringVar(&c.to, "to", "", "`VERSION` of the chart that it is to be for: "+known)
	flags.BoolVar(&c.write, "write", false, "replace the file, and keep the old one as FILE.bak")
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
	source := values.Source{Name: c.file, Data: data}
	from, err := c.origin(cmd, source)
	if err != nil {
		return c.readable(err)
	}
	result, err := convert.Convert(source, from, to)
	if err != nil {
		return c.readable(err)
	}
	state, err := c.put(result, data)
	if err != nil {
		return exit{exitFailure, err}
	}
	if err := c.tell(from, to, result, state); err != nil {
		return err
	}
	if slices.ContainsFunc(result.Problems, func(p model.Problem) bool { return p.Severity != model.Info }) {
		return exit{code: exitRefused}
	}
	return nil
}

// target is the chart that the file is to be for, once the flags are right.
func (c *convertCommand) target(cmd *cobra.Command) (*chart.Profile, error) {
	switch {
	case !cmd.Flags().Changed("values"):
		return nil, usage("which file? give -f FILE, for example: conductor-registry convert -f values.yaml --to 3.0")
	case !cmd.Flags().Changed("to"):
		return nil, usage("which chart is it to be for? give --to VERSION: %s", strings.Join(presets.ChartIDs(), ", "))
	case c.write && c.file == "-":
		return nil, usage("--write needs a file: standard input can't be replaced")
	}
	to, err := c.catalog.Chart(c.to)
	if err != nil {
		return nil, usage("--to: %w", err)
	}
	return to, nil
}

// origin is the chart that the file was written for, as the flag or the file's keys say.
func (c *convertCommand) origin(cmd *cobra.Command, source values.Source) (*chart.Profile, error) {
	guess, keys, err := convert.Guess(source, c.catalog.Charts)
	if err != nil {
		return nil, err
	}
	const shown = 4
	if len(keys) > shown {
		keys = append(keys[:shown:shown], "...")
	}
	because := strings.Join(keys, ", ")
	if !cmd.Flags().Changed("chart-version") {
		if guess == nil {
			return nil, usage("can't tell which chart %s was written for: give --chart-version, one of %s", shownName(c.file),
				strings.Join(presets.ChartIDs(), ", "))
		}
		fmt.Fprintf(c.streams.Err, "note: %s is taken for chart %s, by its keys %s; if it is not, give --chart-version\n",
			shownName(c.file), guess.ID, because)
		return guess, nil
	}
	from, err := c.catalog.Chart(c.from)
	if err != nil {
		return nil, usage("--chart-version: %w", err)
	}
	if guess != nil && guess.ID != from.ID {
		fmt.Fprintf(c.streams.Err, "note: %s looks like one for chart %s, by its keys %s\n", shownName(c.file), guess.ID,
			because)
	}
	return from, nil
}

// readable names standard input in the error of what is no YAML.
func (c *convertCommand) readable(err error) error {
	if syntax, ok := asParseError(err); ok {
		named := *syntax
		named.File = shownName(syntax.File)
		return exit{exitFailure, &named}
	}
	return err
}

// put replaces the file where that is wanted, and says what became of it.
func (c *convertCommand) put(result *convert.Converted, old []byte) (fileState, error) {
	state := fileState{Path: c.file, Action: wouldChange}
	switch {
	case result.Data == nil || !c.write && !bytes.Equal(old, result.Data):
		return state, nil
	case bytes.Equal(old, result.Data):
		state.Action = unchanged
		return state, nil
	}
	state.Action = overwritten
	return state, files.Replace(c.file, result.Data)
}
