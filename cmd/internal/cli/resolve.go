package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/ui/report"
)

type resolveCommand struct {
	command
	values valueFlags
}

func newResolve(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &resolveCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "resolve [PATH...]", Short: "Show the images that values give, and the keys that decide them",
		Args: cobra.ArbitraryArgs,
		Long: `Show the image, pull policy and pull secrets that each pod gets from these
values, and which key decided each. Files and --set are combined in helm's
order, as for one installation; PATHs are resolved one by one: files, and the
.yaml and .yml files below folders. Without values it shows the chart's
defaults.

Exit codes: 0 resolved, 1 a file cannot be read or is not YAML, 2 wrong flags,
3 the chart would refuse the values.`,
		Example: `  conductor-registry resolve -f values.yaml
  conductor-registry resolve -f base.yaml -f values-prod.yaml -o json
  conductor-registry resolve -f values.yaml --chart ./orkes-conductor
  helm get values conductor -o yaml | conductor-registry resolve -f -`,
		RunE: func(_ *cobra.Command, paths []string) error { return c.run(paths) },
	}
	c.values.add(&c.command, "")
	c.addOutput()
	return c.Command
}

// resolved is the JSON output of resolve.
type resolved struct {
	*chart.Resolution
	Problems model.Problems `json:"problems"`
}

func (c *resolveCommand) run(paths []string) error {
	if len(paths) > 0 {
		return c.runEach(paths)
	}
	out, l, err := c.resolveFiles()
	if err != nil {
		return err
	}
	if l.resolution.Error != nil {
		return c.fail(l.refused(), out)
	}
	return c.print(exitOK, out, func() error {
		if !c.values.given() {
			fmt.Fprintln(c.streams.Err, "note: no values given; these are the defaults of the chart")
		}
		return report.Resolution(c.streams.Out, l.resolution, out.Problems)
	})
}

// resolveFiles resolves the files of -f as one installation.
func (c *resolveCommand) resolveFiles() (resolved, *loadedValues, error) {
	l, err := c.values.load(&c.command, false)
	if err != nil {
		return resolved{}, nil, err
	}
	out := resolved{l.resolution, model.Problems{}}
	if l.merged != nil {
		out.Problems = lint.Problems(l.profile, l.merged, l.resolution)
	}
	return out, l, nil
}

// resolvedFiles is the JSON output for files that are resolved one by one.
type resolvedFiles struct {
	FormatVersion string         `json:"formatVersion"`
	Files         []resolvedFile `json:"files"`
}

type resolvedFile struct {
	Path string `json:"path"`
	resolved
}

// runEach resolves each file by itself, those of folders too. Files of a folder that have no values are left out.
func (c *resolveCommand) runEach(paths []string) error {
	if len(c.values.files) > 0 {
		return usage("-f %s beside %s: -f files are one installation, the others are resolved one by one\nhint: use one of them",
			c.values.files[0], paths[0])
	}
	names, isListed, err := expandPaths(paths)
	if err != nil {
		return err
	}
	document := resolvedFiles{FormatVersion: formatVersion, Files: []resolvedFile{}}
	code := exitOK
	for _, name := range names {
		c.values.files = []string{name}
		out, l, err := c.resolveFiles()
		if err != nil {
			return err
		}
		if isListed[name] && l.unreadable != nil && l.unreadable.IsOther {
			continue
		}
		if l.resolution.Error != nil && code != exitFailure {
			code = exitRefused
		}
		if l.unreadable != nil {
			code = exitFailure
		}
		document.Files = append(document.Files, resolvedFile{name, out})
	}
	if len(document.Files) == 0 {
		noteNothing(c.streams, paths)
	}
	return c.print(code, document, func() error { return c.printEach(document.Files) })
}

// printEach prints what each file gives, below its name.
func (c *resolveCommand) printEach(all []resolvedFile) error {
	for i, f := range all {
		if i > 0 {
			fmt.Fprintln(c.streams.Out)
		}
		printf(c.streams.Out, "==> %s <==\n", f.Path)
		if f.Error != nil {
			printf(c.streams.Out, "error: %s\n", f.Error.Message)
			continue
		}
		if err := report.Resolution(c.streams.Out, f.Resolution, f.Problems); err != nil {
			return err
		}
	}
	return nil
}
