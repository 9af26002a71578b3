package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version returns the version that Go recorded in the binary: a tag, or a commit's time and hash.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// versions is the JSON output of version.
type versions struct {
	FormatVersion string `json:"formatVersion"`
	Version       string `json:"version"`
	Go            string `json:"go"`
}

func newVersion(s Streams) *cobra.Command {
	c := &command{streams: s}
	c.Command = &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			return c.print(exitOK, versions{formatVersion, version(), runtime.Version()}, func() error {
				_, err := fmt.Fprintf(s.Out, "conductor-registry %s (%s)\n", version(), runtime.Version())
				return err
			})
		},
	}
	c.addOutput()
	return c.Command
}
