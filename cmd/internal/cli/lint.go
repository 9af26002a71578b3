package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets"
	"conductor-registry/ui/report"
)

type lintCommand struct {
	command
	values    valueFlags
	fix       bool
	corrected []plan.File // that --fix writes
	fixes     []lint.Finding
}

func newLint(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &lintCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "lint [PATH...]", Short: "Find problems in values files, and fix those with one right answer",
		Args: cobra.ArbitraryArgs,
		Long: `Find problems in values files before a cluster does: keys that the chart does
not read, tags that YAML changes, image names that no kubelet can parse,
credentials that match no image. Files and --set are combined in helm's order,
as for one installation; PATHs are checked one by one: files, and the .yaml and
.yml files below folders. docs/lint lists the rules.

--fix corrects the problems that have one right answer, keeps every other byte,
and keeps each old file as FILE.bak. A comment on a line or above it disables a
rule for that line: # conductor-registry:ignore moving-tag

Exit codes: 0 no problems, or infos only, 1 a file cannot be read or is not
YAML, 2 wrong flags, 3 errors or warnings.`,
		Example: `  conductor-registry lint -f values.yaml
  conductor-registry lint -f base.yaml -f values-prod.yaml --chart-version 3.0
  conductor-registry lint -f values.yaml --fix
  conductor-registry lint clusters/ -o sarif
  conductor-registry lint -f values.yaml -o sarif > lint.sarif
  conductor-registry lint -f values.yaml -o codequality > gl-code-quality.json
  conductor-registry lint -f values.yaml -o junit > lint.xml`,
		RunE: func(_ *cobra.Command, paths []string) error { return c.run(paths) },
	}
	c.values.add(&c.command, "")
	c.Flags().BoolVar(&c.fix, "fix", false, "fix problems that have one right answer; keep each old file as FILE.bak")
	c.addOutput("sarif", "github", "codequality", "junit")
	return c.Command
}

func (c *lintCommand) run(paths []string) error {
	switch {
	case len(paths) > 0 && len(c.values.files) > 0:
		return usage("-f %s beside %s: -f files are one installation, the others are checked one by one\nhint: use one of them",
			c.values.files[0], paths[0])
	case len(paths) == 0 && !c.values.given():
		return usage("no values given\nhint: -f FILE, FILE or FOLDER to check each by itself, -f - for standard input, " +
			"or --set KEY=VALUE")
	case c.fix && (slices.Contains(c.values.files, "-") || slices.Contains(paths, "-")):
		return usage("--fix needs a file: standard input cannot be changed")
	case len(paths) > 0:
		return c.runEach(paths)
	}
	result, sources, err := c.checkFiles()
	if err == nil {
		err = c.writeFixes(c.values.files)
	}
	if err != nil {
		return err
	}
	document := linted{formatVersion, result.Chart, append([]lint.Finding{}, result.Findings...)}
	return c.printResult(lintCode(result), document, result.Findings, sources)
}

// runEach checks each file by itself, those of folders too. Files of a folder that have no values are left out.
func (c *lintCommand) runEach(paths []string) error {
	names, isListed, err := expandPaths(paths)
	if err != nil {
		return err
	}
	document := lintedFiles{FormatVersion: formatVersion, Files: []lintedFile{}}
	var findings []lint.Finding
	var sources []values.Source
	code := exitOK
	for _, name := range names {
		c.values.files = []string{name}
		result, own, err := c.checkFiles()
		if err != nil {
			return err
		}
		if isListed[name] && result.NotYAML && result.Findings[0].Rule == "not-values" {
			continue
		}
		document.Files = append(document.Files, lintedFile{name, result.Chart, append([]lint.Finding{}, result.Findings...)})
		findings, sources = append(findings, result.Findings...), append(sources, own...)
		if one := lintCode(result); code != exitFailure && one != exitOK {
			code = one
		}
	}
	if err := c.writeFixes(names); err != nil {
		return err
	}
	if len(document.Files) == 0 {
		noteNothing(c.streams, paths)
	}
	return c.printResult(code, document, findings, sources)
}

// checkFiles checks the files of -f as one installation.
func (c *lintCommand) checkFiles() (*lint.Result, []values.Source, error) {
	profile, err := c.values.chart.load(&c.command, c.values.under)
	if err != nil {
		return nil, nil, err
	}
	sources, err := c.values.read(c.streams)
	if err != nil {
		return nil, nil, err
	}
	in := lint.Input{Sources: sources, Profile: profile,
		Charts: c.catalog.Charts.All(), Registries: c.catalog.Registries, Set: func(v *values.Values) error {
			return cmp.Or(c.values.set(v, c.streams), c.values.chart.checkRendered(v))
		}}
	result, err := c.lint(in)
	return result, sources, err
}

// lintCode returns the exit code for findings.
func lintCode(r *lint.Result) int {
	switch {
	case r.NotYAML:
		return exitFailure
	case slices.ContainsFunc(r.Findings, func(f lint.Finding) bool { return f.Severity != model.Info }):
		return exitRefused
	}
	return exitOK
}

// lint returns the findings; with --fix those that remain when the corrected files are written.
func (c *lintCommand) lint(in lint.Input) (*lint.Result, error) {
	if !c.fix {
		return lint.Check(in)
	}
	fixed, err := lint.Fix(in)
	if err != nil {
		return nil, err
	}
	for i, source := range fixed.Sources {
		if fixed.Changed(in.Sources[i]) {
			c.corrected = append(c.corrected, plan.File{Name: c.values.files[i], Data: source.Data, Mode: 0o644,
				Replaces: in.Sources[i].Data})
			in.Sources[i].Data = source.Data // for the lines that are printed
		}
	}
	c.fixes = append(c.fixes, fixed.Findings...)
	return fixed.Left, nil
}

// writeFixes writes the corrected files, all or none, and reports what was fixed.
func (c *lintCommand) writeFixes(names []string) error {
	if !c.fix {
		return nil
	}
	files.Tidy(names...)
	if err := c.replace(c.corrected...); err != nil {
		return err
	}
	for _, f := range c.fixes {
		printf(c.streams.Err, "fixed %s:%d: %s [%s]\n", f.File, f.Line, f.Summary, f.Rule)
	}
	return nil
}

// linted is the JSON output of lint.
type linted struct {
	FormatVersion string         `json:"formatVersion"`
	Chart         chart.Identity `json:"chart"`
	Problems      []lint.Finding `json:"problems"`
}

// lintedFiles is the JSON output for files that are checked one by one.
type lintedFiles struct {
	FormatVersion string       `json:"formatVersion"`
	Files         []lintedFile `json:"files"`
}

type lintedFile struct {
	Path     string         `json:"path"`
	Chart    chart.Identity `json:"chart"`
	Problems []lint.Finding `json:"problems"`
}

func (c *lintCommand) printResult(code int, document any, findings []lint.Finding, sources []values.Source) error {
	return c.print(code, document, func() error {
		switch c.output {
		case "sarif":
			project, err := presets.ReadProject()
			if err != nil {
				return err
			}
			return c.streams.writeJSON(nil, func(w io.Writer) error {
				return report.SARIF(w, version(), project.Page, findings)
			})
		case "codequality":
			return c.streams.writeJSON(nil, func(w io.Writer) error { return report.CodeQuality(w, findings) })
		case "junit":
			return report.JUnit(c.streams.Out, findings, sources, c.streams.shown)
		case "github":
			return report.GitHub(c.streams.Out, findings)
		}
		err := report.Lint(c.streams.Out, findings, sources)
		fmt.Fprintln(c.streams.Err, summary(findings, c.fix))
		return err
	})
}

// summary counts findings by severity, and those that --fix can correct.
func summary(findings []lint.Finding, fixed bool) string {
	if len(findings) == 0 {
		return "no problems found"
	}
	count := map[model.Severity]int{}
	fixable := 0
	for _, f := range findings {
		count[f.Severity]++
		if f.Fixable {
			fixable++
		}
	}
	var counts []string
	for _, s := range []model.Severity{model.Error, model.Warning, model.Info} {
		if n := count[s]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s%s", n, s, map[bool]string{true: "s"}[n > 1]))
		}
	}
	text := strings.Join(counts, ", ")
	if fixable > 0 && !fixed {
		text += fmt.Sprintf("; --fix can correct %d", fixable)
	}
	return text
}
