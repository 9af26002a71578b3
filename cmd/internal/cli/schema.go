package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

type schemaCommand struct {
	command
	chart string
}

func newSchema(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &schemaCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "schema NAME", Short: "Print the JSON Schema of a file format", Args: cobra.ArbitraryArgs,
		ValidArgs: c.names(),
		Long: `Print the JSON Schema (draft 2020-12) of ` + strings.Join(c.names(), ", ") + `.
With it an editor completes and explains keys, and marks misspelled keys and
invalid choices. The output is JSON in both formats.

The schema of values is for one chart version. It is strict for the keys of
images and pull secrets, and lets all other keys pass.`,
		Example: `  conductor-registry schema answers > answers.schema.json
  conductor-registry schema values --chart-version 2.8 > values.schema.json`,
		RunE: func(_ *cobra.Command, args []string) error { return c.run(strings.Join(args, " ")) },
	}
	addChartVersion(&c.command, &c.chart, "chart-version", catalog.Charts.IDs()[0], "chart `VERSION` of the values")
	c.addOutput()
	return c.Command
}

// names returns the files that have a schema.
func (c *schemaCommand) names() []string { return []string{"answers", "values", "preset", "profile"} }

func (c *schemaCommand) run(name string) error {
	if name != "values" && c.changed("chart-version") {
		return usage("--chart-version is for the schema of values only")
	}
	var data []byte
	var err error
	switch name {
	case "answers":
		data, err = answers.Schema(c.catalog)
	case "preset":
		data, err = registry.Schema()
	case "profile":
		data, err = chart.ProfileSchema()
	case "values":
		profile, unknown := c.catalog.Chart(c.chart)
		if unknown != nil {
			return usage("--chart-version: %w", unknown)
		}
		data, err = profile.ValuesSchema()
	default:
		return usage("unknown schema %q\nhint: known schemas are %s", name, strings.Join(c.names(), ", "))
	}
	if err == nil {
		_, err = c.streams.Out.Write(data)
	}
	return err
}
