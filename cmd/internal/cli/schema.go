package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

func newSchema(catalog *answers.Catalog, s Streams) *cobra.Command {
	names := []string{"answers", "preset", "profile"}
	schemas := map[string]func() ([]byte, error){
		"answers": func() ([]byte, error) { return answers.Schema(catalog) },
		"preset":  registry.Schema,
		"profile": chart.ProfileSchema,
	}
	c := &command{streams: s, catalog: catalog}
	c.Command = &cobra.Command{
		Use: "schema NAME", Short: "Print the JSON Schema of a file format", Args: cobra.ArbitraryArgs, ValidArgs: names,
		Long: `Print the JSON Schema (draft 2020-12) of a file: ` + strings.Join(names, ", ") + `.
With it an editor completes and explains keys, and marks misspelled keys and
invalid choices. The output is JSON in both formats.`,
		Example: `  conductor-registry schema answers > answers.schema.json`,
		RunE: func(_ *cobra.Command, args []string) error {
			schema := schemas[strings.Join(args, " ")]
			if schema == nil {
				return usage("unknown schema %q\nhint: known schemas are %s", strings.Join(args, " "), strings.Join(names, ", "))
			}
			data, err := schema()
			if err == nil {
				_, err = s.Out.Write(data)
			}
			return err
		},
	}
	c.addOutput()
	return c.Command
}
