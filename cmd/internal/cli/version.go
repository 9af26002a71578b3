package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"conductor-registry/model"
)

// version returns the version that Go recorded in the binary: a tag, or a commit's time and hash.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func newVersion(s Streams) *cobra.Command {
	var output format
	cmd := &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if output.json() {
				return model.WriteJSON(s.Out, struct {
					FormatVersion string `json:"formatVersion"`
					Version       string `json:"version"`
					Go            string `json:"go"`
				}{formatVersion, version(), runtime.Version()})
			}
			_, err := fmt.Fprintf(s.Out, "conductor-registry %s (%s)\n", version(), runtime.Version())
			return err
		},
	}
	output.add(cmd)
	return cmd
}
