package cli

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// formatVersion is the version of all JSON that the commands print. It changes when a reader would have to.
const formatVersion = "1"

// format is the flag -o.
type format struct{ name string }

// add is called last: what was to run before still does, once the format is known to be one. More are formats beside
// text and json.
func (f *format) add(cmd *cobra.Command, more ...string) {
	known := append([]string{"text", "json"}, more...)
	last := len(known) - 1
	cmd.Flags().StringVarP(&f.name, "output", "o", "text", "`FORMAT` of standard output: "+
		strings.Join(known[:last], ", ")+" or "+known[last])
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(known, cobra.ShellCompDirectiveNoFileComp))
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if !slices.Contains(known, f.name) {
			return usage("--output %s: is not one of %s", f.name, strings.Join(known, ", "))
		}
		return nil
	}
}

func (f *format) json() bool { return f.name == "json" }

// instead prints what is to be said as JSON where that is wanted; otherwise err says it.
func (f *format) instead(w io.Writer, report any, err exit) error {
	if !f.json() {
		return err
	}
	if err := writeJSON(w, report); err != nil {
		return err
	}
	return exit{code: err.code}
}

// writeJSON prints a value as indented JSON. Image names and shell commands stay readable: no HTML escapes.
func writeJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
