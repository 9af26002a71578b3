package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
)

func newSchema(catalog *answers.Catalog, s Streams) *cobra.Command {
	const answersFile = "answers"
	var output format
	cmd := &cobra.Command{
		Use: "schema answers", Short: "Print the JSON Schema of the answers file",
		Long: `Print the JSON Schema (draft 2020-12) of the answers file. With it an editor
completes and explains keys, and marks misspelled keys and invalid choices.
generate reports missing answers. The schema is JSON in both formats.`,
		Example: `  conductor-registry schema answers > answers.schema.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] != answersFile {
				return usage("unknown schema %q\nhint: conductor-registry schema %s", strings.Join(args, " "), answersFile)
			}
			return nil
		},
		ValidArgs: []string{answersFile},
		RunE: func(*cobra.Command, []string) error {
			data, err := answers.Schema(catalog)
			if err != nil {
				return err
			}
			_, err = s.Out.Write(data)
			return err
		},
	}
	output.add(cmd)
	return cmd
}
