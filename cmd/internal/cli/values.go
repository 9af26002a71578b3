package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"helm.sh/helm/v3/pkg/strvals"

	"conductor-registry/model/chart"
	"conductor-registry/model/form"
	"conductor-registry/presets"
)

// valueFlags are helm's own: files in order, then --set, then --set-string.
type valueFlags struct {
	files, sets, setStrings []string
	chart                   string
}

func (v *valueFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVarP(&v.files, "values", "f", nil,
		"values `FILE`; - is standard input (repeatable, the last one wins)")
	flags.StringArrayVar(&v.sets, "set", nil, "a `KEY=VALUE`, as helm's --set (repeatable)")
	flags.StringArrayVar(&v.setStrings, "set-string", nil,
		"a `KEY=VALUE` taken as text, as helm's --set-string (repeatable)")
	_ = cmd.MarkFlagFilename("values", "yaml", "yml")
	ids := presets.ChartIDs()
	flags.StringVar(&v.chart, "chart-version", ids[0],
		"`VERSION` of the chart that the values are for: "+strings.Join(ids, ", "))
	_ = cmd.RegisterFlagCompletionFunc("chart-version", cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
}

// names are the flags that add makes.
func (v *valueFlags) names() []string {
	return []string{"values", "set", "set-string", "chart-version"}
}

// profile is the chart that was named.
func (v *valueFlags) profile(catalog *form.Catalog) (*chart.Profile, error) {
	p, err := catalog.Chart(v.chart)
	if err != nil {
		return nil, usage("--chart-version: %w", err)
	}
	return p, nil
}

// load reads and merges the values in helm's order. Helm's own parser reads --set.
func (v *valueFlags) load(in io.Reader) (*chart.Values, error) {
	if i := slices.Index(v.files, "-"); i >= 0 && slices.Contains(v.files[i+1:], "-") {
		return nil, usage("-f - is given twice: standard input can be read once")
	}
	var sources []chart.Source
	for _, name := range v.files {
		data, err := readFile(name, in)
		if err != nil {
			return nil, exit{exitFailure, err}
		}
		sources = append(sources, chart.Source{Name: shownName(name), Data: data})
	}
	values, err := chart.Load(sources...)
	if err != nil {
		return nil, err
	}
	for _, set := range v.sets {
		if err := strvals.ParseInto(set, values.Map()); err != nil {
			return nil, badSet("--set", set, err)
		}
	}
	for _, set := range v.setStrings {
		if err := strvals.ParseIntoString(set, values.Map()); err != nil {
			return nil, badSet("--set-string", set, err)
		}
	}
	return values, nil
}

func badSet(flag, set string, err error) error {
	return usage("%s %s: %w; write it like %s server.image.tag=5.2.42", flag, set, err, flag)
}

// resolve is what the chart makes of the values, and the exit code that goes with it.
func (v *valueFlags) resolve(profile *chart.Profile, in io.Reader) (*chart.Resolution, int, error) {
	values, err := v.load(in)
	if syntax, ok := asParseError(err); ok {
		return unreadable(profile, syntax), exitFailure, nil
	}
	if err != nil {
		return nil, exitFailure, err
	}
	resolution := profile.Resolve(values)
	if resolution.Error != nil {
		return resolution, exitRefused, nil
	}
	return resolution, exitOK, nil
}

// refusal is why a chart does not take values, as an error: in helm's words, and all details that are not among them.
func refusal(profile *chart.Profile, r *chart.Refusal) error {
	text := fmt.Sprintf("chart %s refuses these values: ", profile.Version)
	if r.Kind == yamlKind {
		text = ""
	}
	text += r.Message
	for _, detail := range r.Details {
		if !strings.Contains(text, detail) {
			text += "\n- " + detail
		}
	}
	return fmt.Errorf("%s", text)
}
