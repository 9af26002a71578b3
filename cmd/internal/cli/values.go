package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"helm.sh/helm/v3/pkg/strvals"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/presets"
)

// valueFlags are helm's own: files in order, then --set, then --set-string, then --set-file. The chart is named by its
// version or is at hand.
type valueFlags struct {
	files, sets, setStrings, setFiles []string
	chart, path                       string
}

// fileList is helm's -f: repeatable, and each a list with commas too.
type fileList []string

// String is the list as it could be given.
func (l *fileList) String() string { return strings.Join(*l, ",") }

// Type is what help calls a value.
func (l *fileList) Type() string { return "FILE" }

// Set adds the files of one flag. An empty name stays one: it is a variable that was not set, not the wish for no file.
func (l *fileList) Set(names string) error {
	*l = append(*l, strings.Split(names, ",")...)
	return nil
}

func (v *valueFlags) add(cmd *cobra.Command) {
	v.addValues(cmd)
	ids := presets.ChartIDs()
	cmd.Flags().StringVar(&v.chart, "chart-version", ids[0],
		"`VERSION` of the chart that the values are for: "+strings.Join(ids, ", ")+", or a release such as 2.7.40")
	_ = cmd.RegisterFlagCompletionFunc("chart-version", cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
	addChart(cmd, &v.path)
}

// addValues adds the flags that give values, and none that names a chart.
func (v *valueFlags) addValues(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.VarP((*fileList)(&v.files), "values", "f",
		"values `FILE`; - is standard input (repeatable, the last one wins)")
	flags.StringArrayVar(&v.sets, "set", nil, "a `KEY=VALUE`, as helm's --set (repeatable)")
	flags.StringArrayVar(&v.setStrings, "set-string", nil,
		"a `KEY=VALUE` taken as text, as helm's --set-string (repeatable)")
	flags.StringArrayVar(&v.setFiles, "set-file", nil,
		"a `KEY=FILE` whose text is the value, as helm's --set-file (repeatable)")
	_ = cmd.MarkFlagFilename("values", "yaml", "yml")
}

// names are the flags that add makes.
func (v *valueFlags) names() []string {
	return []string{"values", "set", "set-string", "set-file", "chart-version", "chart"}
}

// given tells whether there are any values.
func (v *valueFlags) given() bool {
	return len(v.files)+len(v.sets)+len(v.setStrings)+len(v.setFiles) > 0
}

// profile is the chart that was named, or the one at hand: what is to be warned of it goes to standard error.
func (v *valueFlags) profile(cmd *cobra.Command, catalog *answers.Catalog, s Streams) (*chart.Profile, error) {
	if err := exclude(cmd, "chart", "chart-version"); err != nil {
		return nil, err
	}
	if cmd.Flags().Changed("chart") {
		return atHand(catalog, s, v.path)
	}
	p, err := catalog.Chart(v.chart)
	if err != nil {
		return nil, usage("--chart-version: %w", err)
	}
	return p, nil
}

// read reads the values files, in helm's order.
func (v *valueFlags) read(in io.Reader) ([]values.Source, error) {
	if i := slices.Index(v.files, "-"); i >= 0 && slices.Contains(v.files[i+1:], "-") {
		return nil, usage("-f - is given twice: standard input can be read once")
	}
	var sources []values.Source
	for _, name := range v.files {
		data, err := readFile(name, in)
		if err != nil {
			return nil, exit{exitFailure, err}
		}
		sources = append(sources, values.Source{Name: shownName(name), Data: data})
	}
	return sources, nil
}

// merge merges values files, and lays what the flags set over them. Helm's own parser reads --set.
func (v *valueFlags) merge(sources []values.Source, in io.Reader) (*values.Values, error) {
	values, err := values.Load(sources...)
	if err != nil {
		return nil, err
	}
	return values, v.set(values, in)
}

// set lays what the flags set over the files.
func (v *valueFlags) set(values *values.Values, in io.Reader) error {
	content := func(name []rune) (any, error) {
		data, err := readFile(string(name), in)
		return string(data), err
	}
	setFile := func(set string, into map[string]any) error { return strvals.ParseIntoFile(set, into, content) }
	for _, flag := range []struct {
		name  string
		given []string
		parse func(string, map[string]any) error
	}{
		{"--set", v.sets, strvals.ParseInto},
		{"--set-string", v.setStrings, strvals.ParseIntoString},
		{"--set-file", v.setFiles, setFile},
	} {
		for _, set := range flag.given {
			if err := flag.parse(set, values.Map()); err != nil {
				return badSet(flag.name, set, err)
			}
		}
	}
	return nil
}

func badSet(flag, set string, err error) error {
	example := "server.image.tag=5.2.42"
	if flag == "--set-file" {
		example = "conductor.properties=conductor.properties"
	}
	return usage("%s %s: %w; write it like %s %s", flag, set, err, flag, example)
}

// resolve is what the chart makes of the values laid over those below, and the exit code that goes with it.
func (v *valueFlags) resolve(
	profile *chart.Profile, in io.Reader, below ...values.Source,
) (*chart.Resolution, int, error) {
	sources, err := v.read(in)
	if err != nil {
		return nil, exitFailure, err
	}
	return v.resolveSources(profile, slices.Concat(below, sources), in)
}

// resolveSources is resolve for files that were read already.
func (v *valueFlags) resolveSources(
	profile *chart.Profile, sources []values.Source, in io.Reader,
) (*chart.Resolution, int, error) {
	values, err := v.merge(sources, in)
	return resolveMerged(profile, values, err)
}

// resolveMerged returns what the chart makes of merged values, and the exit code that goes with it. An error of merging
// that is about YAML becomes a refusal.
func resolveMerged(profile *chart.Profile, merged *values.Values, err error) (*chart.Resolution, int, error) {
	if syntax, ok := asParseError(err); ok {
		return unreadable(profile, syntax), exitFailure, nil
	}
	if err != nil {
		return nil, exitFailure, err
	}
	resolution := profile.Resolve(merged)
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
	for _, file := range profile.Install.Files {
		if strings.Contains(r.Message, file.Path) {
			text += fmt.Sprintf("\nhint: give helm's flag here too: --set-file %s=FILE", file.Path)
		}
	}
	return fmt.Errorf("%s", text)
}
