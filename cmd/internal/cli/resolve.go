package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"helm.sh/helm/v3/pkg/strvals"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/form"
	"conductor-registry/ui/report"
)

// valueFlags are helm's own: files in order, then --set, then --set-string.
type valueFlags struct {
	files, sets, setStrings []string
	chart                   string
}

func (v *valueFlags) add(cmd *cobra.Command, catalog *form.Catalog) {
	flags := cmd.Flags()
	flags.StringArrayVarP(&v.files, "values", "f", nil, "values file; - is standard input (repeatable, the last one wins)")
	flags.StringArrayVar(&v.sets, "set", nil, "a value, as helm's --set")
	flags.StringArrayVar(&v.setStrings, "set-string", nil, "a value taken as text, as helm's --set-string")
	v.addChart(cmd, catalog)
}

func (v *valueFlags) addChart(cmd *cobra.Command, catalog *form.Catalog) {
	var ids []string
	for _, p := range catalog.Charts {
		ids = append(ids, p.ID)
	}
	cmd.Flags().StringVar(&v.chart, "chart-version", ids[0], "chart that the values are for: "+strings.Join(ids, ", "))
	_ = cmd.RegisterFlagCompletionFunc("chart-version", cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
}

// profile is the chart that was named.
func (v *valueFlags) profile(catalog *form.Catalog) (*chart.Profile, error) {
	named := answers.New()
	named.Set("chart", v.chart)
	if p := catalog.Profile(named); p != nil {
		return p, nil
	}
	f, _ := catalog.Field(answers.New(), "chart")
	return nil, exit{exitUsage, fmt.Errorf("--chart-version: %w", f.Check(v.chart))}
}

// load reads and merges the values in helm's order. Helm's own parser reads --set.
func (v *valueFlags) load(in io.Reader) (*chart.Values, error) {
	var sources []chart.Source
	for _, name := range v.files {
		data, err := readFile(name, in)
		if err != nil {
			return nil, exit{exitFailure, err}
		}
		sources = append(sources, chart.Source{Name: name, Data: data})
	}
	values, err := chart.Load(sources...)
	if err != nil {
		return nil, err
	}
	for _, set := range v.sets {
		if err := strvals.ParseInto(set, values.Map()); err != nil {
			return nil, exit{exitUsage, fmt.Errorf("--set %s: %w", set, err)}
		}
	}
	for _, set := range v.setStrings {
		if err := strvals.ParseIntoString(set, values.Map()); err != nil {
			return nil, exit{exitUsage, fmt.Errorf("--set-string %s: %w", set, err)}
		}
	}
	return values, nil
}

func newResolve(catalog *form.Catalog, s Streams) *cobra.Command {
	var from valueFlags
	var output format
	cmd := &cobra.Command{Use: "resolve", Short: "Show the images that values give, and the keys that decide them",
		Long: `Show the image, pull policy and pull secrets that each pod gets from these values,
and which key decided each. Files and --set count in helm's order. A chart that
would refuse the values is an error (exit 3).`,
		Example: `  conductor-registry resolve -f values.yaml
  conductor-registry resolve -f base.yaml -f values-prod.yaml --set server.image.tag=5.2.43 -o json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			profile, err := from.profile(catalog)
			if err != nil {
				return err
			}
			resolution, code, err := resolve(profile, &from, s.In)
			if err != nil {
				return err
			}
			if output.json() {
				err = writeJSON(s.Out, resolution)
			} else {
				err = report.Resolution(s.Out, resolution)
			}
			if err == nil && code != exitOK {
				err = exit{code: code, err: unlessJSON(output, resolution.Error)}
			}
			return err
		}}
	from.add(cmd, catalog)
	output.add(cmd)
	return cmd
}

// resolve is the resolution and the exit code that goes with it.
func resolve(profile *chart.Profile, from *valueFlags, in io.Reader) (*chart.Resolution, int, error) {
	values, err := from.load(in)
	var syntax *chart.ParseError
	switch {
	case errors.As(err, &syntax):
		return unreadable(profile, syntax), exitFailure, nil
	case err != nil:
		return nil, 0, err
	}
	resolution := profile.Resolve(values)
	if resolution.Error != nil {
		return resolution, exitRefused, nil
	}
	return resolution, exitOK, nil
}

// unreadable is what is left to say of values that are no YAML.
func unreadable(profile *chart.Profile, why *chart.ParseError) *chart.Resolution {
	return &chart.Resolution{FormatVersion: formatVersion, Chart: chart.Identity{Name: profile.Name, Version: profile.Version, AppVersion: profile.AppVersion}, Secrets: []chart.MadeSecret{},
		Problems: model.Problems{}, Error: &chart.Refusal{Kind: "yaml", Message: why.Error()}}
}

func unlessJSON(output format, refusal *chart.Refusal) error {
	if output.json() || refusal == nil {
		return nil
	}
	return errors.New(strings.Join(append([]string{refusal.Message}, refusal.Details...), "\n"))
}
