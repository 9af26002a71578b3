package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(s Streams) *cobra.Command {
	var output format
	cmd := &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			version, goVersion := "unknown", ""
			if info, ok := debug.ReadBuildInfo(); ok {
				version, goVersion = info.Main.Version, info.GoVersion
			}
			if output.json() {
				return writeJSON(s.Out, map[string]string{"formatVersion": formatVersion, "version": version, "go": goVersion})
			}
			fmt.Fprintf(s.Out, "conductor-registry %s (%s)\n", version, goVersion)
			return nil
		}}
	output.add(cmd)
	return cmd
}
