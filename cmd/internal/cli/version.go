package cli

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
)

// version returns the version that Go recorded in the binary: a tag, or a commit's time and hash.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// commit returns the commit that the binary was built from; "" if Go recorded none, as in a git worktree.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return commitOf(info)
}

// commitOf returns the commit of a build, with "-dirty" for changed files; "" if it is not recorded.
func commitOf(info *debug.BuildInfo) string {
	recorded := map[string]string{}
	for _, setting := range info.Settings {
		recorded[setting.Key] = setting.Value
	}
	revision := recorded["vcs.revision"]
	if revision != "" && recorded["vcs.modified"] == "true" {
		revision += "-dirty"
	}
	return revision
}

// versions is the JSON output of version.
type versions struct {
	FormatVersion string         `json:"formatVersion"`
	Version       string         `json:"version"`
	Commit        string         `json:"commit"` // "" when Go recorded none
	Go            string         `json:"go"`
	Platform      string         `json:"platform"`
	Charts        []chartVersion `json:"charts"`
}

// chartVersion is a chart that the program knows.
type chartVersion struct {
	ID         string `json:"id"`
	Version    string `json:"version"`
	AppVersion string `json:"appVersion"`
}

func newVersion(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &command{streams: s, catalog: catalog}
	c.Command = &cobra.Command{
		Use: "version", Short: "Print the version, the commit and the known charts", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := catalog.Charts.Load(); err != nil {
				return err
			}
			v := versions{formatVersion, version(), commit(), runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH, nil}
			for _, p := range catalog.Charts.All() {
				v.Charts = append(v.Charts, chartVersion{p.ID, p.Version, p.AppVersion})
			}
			return c.print(exitOK, v, func() error { return v.print(c) })
		},
	}
	c.addOutput()
	return c.Command
}

func (v versions) print(c *command) error {
	var charts []string
	for _, chart := range v.Charts {
		charts = append(charts, chart.Version)
	}
	_, err := fmt.Fprintf(c.streams.Out, "conductor-registry %s (%s, %s)\ncommit: %s\ncharts: %s\n", v.Version, v.Go,
		v.Platform, cmp.Or(v.Commit, "not recorded by this build"), strings.Join(charts, ", "))
	return err
}
