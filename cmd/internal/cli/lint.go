package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
	"conductor-registry/ui/report"
)

// lintCommand is the command lint.
type lintCommand struct {
	streams Streams
	catalog *answers.Catalog
	values  valueFlags
	output  format
	fix     bool
}

func newLint(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &lintCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "lint", Short: "Find what is wrong with values, and mend what has one right answer", Args: noArguments,
		Long: `Find what is wrong with values files before a cluster does: keys that the chart
does not read, tags that YAML changes, image names that no kubelet parses,
logins that fit no image. Files and --set count in helm's order, as one
installation. docs/lint lists the rules.

With --fix what has one right answer is mended in the files, no other byte is
touched, and each is kept as FILE.bak. A comment on a line or above it silences
a rule there: # conductor-registry:ignore moving-tag

Exit codes: 0 nothing, or infos only, 1 a file can't be read or is no YAML,
2 wrong flags, 3 errors or warnings.`,
		Example: `  conductor-registry lint -f values.yaml
  conductor-registry lint -f base.yaml -f values-prod.yaml --chart-version 3.0
  conductor-registry lint -f values.yaml --fix
  conductor-registry lint -f values.yaml -o sarif > lint.sarif`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	c.values.add(cmd)
	cmd.Flags().BoolVar(&c.fix, "fix", false, "mend in the files what has one right answer, and keep each as FILE.bak")
	c.output.add(cmd, "sarif", "github")
	return cmd
}

func (c *lintCommand) run(cmd *cobra.Command) error {
	if !c.values.given() {
		return usage("which values? give -f FILE, - for standard input, or --set KEY=VALUE")
	}
	if c.fix && slices.Contains(c.values.files, "-") {
		return usage("--fix writes into files, and standard input is none: give -f FILE")
	}
	profile, err := c.values.profile(cmd, c.catalog, c.streams)
	if err != nil {
		return err
	}
	sources, err := c.values.read(c.streams.In)
	if err != nil {
		return err
	}
	in := lint.Input{Sources: sources, Stand: standIn(profile), Profile: profile, Charts: c.catalog.Charts,
		Registries: c.catalog.Registries,
		Set:        func(v *values.Values) error { return c.values.set(v, c.streams.In) }}
	result, err := c.look(in)
	if syntax, ok := asParseError(err); ok {
		result = &lint.Result{Chart: profile.Identity(), Findings: []lint.Finding{lint.Syntax(syntax)}}
		return c.tell(result, sources, exitFailure)
	}
	if err != nil {
		return err
	}
	code := exitOK
	if slices.ContainsFunc(result.Findings, func(f lint.Finding) bool { return f.Severity != model.Info }) {
		code = exitRefused
	}
	return c.tell(result, sources, code)
}

// look finds, and mends where that is wanted: then what is left is the result.
func (c *lintCommand) look(in lint.Input) (*lint.Result, error) {
	if !c.fix {
		return lint.Run(in)
	}
	mended, err := lint.Fix(in)
	if err != nil {
		return nil, err
	}
	for i, source := range mended.Sources {
		if !mended.Changed(in.Sources[i]) {
			continue
		}
		if err := files.Replace(source.Name, source.Data); err != nil {
			return nil, exit{exitFailure, err}
		}
		in.Sources[i].Data = source.Data // the lines that are shown
	}
	for _, f := range mended.Findings {
		fmt.Fprintf(c.streams.Err, "mended %s:%d: %s [%s]\n", f.File, f.Line, f.Summary, f.Rule)
	}
	return mended.Left, nil
}

func (c *lintCommand) tell(r *lint.Result, sources []values.Source, code int) error {
	var err error
	switch c.output.name {
	case "json":
		err = writeJSON(c.streams.Out, struct {
			FormatVersion string         `json:"formatVersion"`
			Chart         chart.Identity `json:"chart"`
			Problems      []lint.Finding `json:"problems"`
		}{formatVersion, r.Chart, append([]lint.Finding{}, r.Findings...)})
	case "sarif":
		err = report.SARIF(c.streams.Out, version(), r.Findings)
	case "github":
		err = report.GitHub(c.streams.Out, r.Findings)
	default:
		err = report.Lint(c.streams.Out, r.Findings, sources)
		fmt.Fprintln(c.streams.Err, summary(r.Findings, c.fix))
	}
	if err == nil && code != exitOK {
		err = exit{code: code}
	}
	return err
}

// summary counts findings by severity, and says how many of them --fix would mend.
func summary(findings []lint.Finding, fixed bool) string {
	if len(findings) == 0 {
		return "nothing found"
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
		text += fmt.Sprintf("; --fix mends %d", fixable)
	}
	return text
}
