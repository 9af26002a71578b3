package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// formatVersion is the version of all JSON that the commands print. It changes when a reader would have to.
const formatVersion = "1"

// format is the flag -o.
type format struct{ name string }

func (f *format) add(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&f.name, "output", "o", "text", "text or json")
	known := []string{"text", "json"}
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(known, cobra.ShellCompDirectiveNoFileComp))
	before := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(known, f.name) {
			return exit{exitUsage, fmt.Errorf("--output %s: one of %s", f.name, strings.Join(known, ", "))}
		}
		if before != nil {
			return before(cmd, args)
		}
		return nil
	}
}

func (f *format) json() bool { return f.name == "json" }

// writeJSON prints a value as indented JSON. Image names and shell commands stay readable: no HTML escapes.
func writeJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
