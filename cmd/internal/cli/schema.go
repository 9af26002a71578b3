package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

func newSchema(catalog *answers.Catalog, s Streams) *cobra.Command {
	schemas := []struct {
		name string
		make func() ([]byte, error)
	}{
		{"answers", func() ([]byte, error) { return answers.Schema(catalog) }},
		{"preset", registry.Schema},
		{"profile", chart.ProfileSchema},
	}
	var names []string
	for _, schema := range schemas {
		names = append(names, schema.name)
	}
	var output format
	cmd := &cobra.Command{
		Use: "schema NAME", Short: "Print the JSON Schema of a file format", Args: cobra.ArbitraryArgs, ValidArgs: names,
		Long: `Print the JSON Schema (draft 2020-12) of a file: ` + strings.Join(names, ", ") + `.
With it an editor completes and explains keys, and marks misspelled keys and
invalid choices. The output is JSON in both formats.`,
		Example: `  conductor-registry schema answers > answers.schema.json`,
		RunE: func(_ *cobra.Command, args []string) error {
			for _, schema := range schemas {
				if len(args) != 1 || args[0] != schema.name {
					continue
				}
				data, err := schema.make()
				if err == nil {
					_, err = s.Out.Write(data)
				}
				return err
			}
			return usage("unknown schema %q\nhint: known schemas are %s", strings.Join(args, " "), strings.Join(names, ", "))
		},
	}
	output.add(cmd)
	return cmd
}
