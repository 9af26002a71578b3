package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"helm.sh/helm/v4/pkg/strvals"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/presets"
)

// valueFlags are helm's flags for values: files in order, then --set, --set-string and --set-file. The chart is named by
// its version or by its path.
type valueFlags struct {
	files, sets, setStrings, setFiles []string
	version                           string // of the chart
	chart                             chartFlags
}

// fileList is helm's -f: repeatable, and each value may be a list with commas.
type fileList []string

// String returns the list in the form of the flag.
func (l *fileList) String() string { return strings.Join(*l, ",") }

// Type returns the name of a value in the help.
func (l *fileList) Type() string { return "FILE" }

// Set adds the files of one flag. An empty name is kept, so that an unset variable is an error.
func (l *fileList) Set(names string) error {
	*l = append(*l, strings.Split(names, ",")...)
	return nil
}

func (v *valueFlags) add(cmd *cobra.Command) {
	v.addValues(cmd)
	ids := presets.ChartIDs()
	cmd.Flags().StringVar(&v.version, "chart-version", ids[0],
		"chart `VERSION` that the values are for: "+strings.Join(ids, ", ")+", or a release such as 2.7.40")
	_ = cmd.RegisterFlagCompletionFunc("chart-version", cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
	v.chart.add(cmd)
}

// addValues adds the flags for values, without those that name a chart.
func (v *valueFlags) addValues(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.VarP((*fileList)(&v.files), "values", "f",
		"values `FILE`; - is standard input (repeatable, later files override)")
	flags.StringArrayVar(&v.sets, "set", nil, "set `KEY=VALUE`, as helm's --set (repeatable)")
	flags.StringArrayVar(&v.setStrings, "set-string", nil,
		"set `KEY=VALUE` as text, as helm's --set-string (repeatable)")
	flags.StringArrayVar(&v.setFiles, "set-file", nil,
		"set `KEY=FILE` to the content of the file, as helm's --set-file (repeatable)")
	_ = cmd.MarkFlagFilename("values", "yaml", "yml")
}

// names returns the names of the flags that add adds.
func (v *valueFlags) names() []string {
	return []string{"values", "set", "set-string", "set-file", "chart-version", "chart", "profile"}
}

// given reports whether any values are given.
func (v *valueFlags) given() bool {
	return len(v.files)+len(v.sets)+len(v.setStrings)+len(v.setFiles) > 0
}

// profile returns the chart that --chart-version, --chart or --profile names.
func (v *valueFlags) profile(cmd *cobra.Command, catalog *answers.Catalog, s Streams) (*chart.Profile, error) {
	for _, other := range []string{"chart", "profile"} {
		if err := exclude(cmd, other, "chart-version"); err != nil {
			return nil, err
		}
	}
	if v.chart.given(cmd) {
		return v.chart.load(cmd, catalog, s)
	}
	p, err := catalog.Chart(v.version)
	if err != nil {
		return nil, usage("--chart-version: %w", err)
	}
	return p, nil
}

// read returns the values files, in helm's order.
func (v *valueFlags) read(in io.Reader) ([]values.Source, error) {
	if i := slices.Index(v.files, "-"); i >= 0 && slices.Contains(v.files[i+1:], "-") {
		return nil, usage("-f - is given twice: standard input can be read only once")
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

// merge returns the values of files with those of the --set flags over them. Helm's own parser reads --set.
func (v *valueFlags) merge(sources []values.Source, in io.Reader) (*values.Values, error) {
	merged, err := values.Load(sources...)
	if err != nil {
		return nil, err
	}
	return merged, v.set(merged, in)
}

// set puts the values of the --set flags over the files'.
func (v *valueFlags) set(merged *values.Values, in io.Reader) error {
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
			if err := flag.parse(set, merged.Map()); err != nil {
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

// resolved returns what the chart makes of the values, with placeholders for the files that an installation adds. A
// refusal of the chart is an error.
func (v *valueFlags) resolved(profile *chart.Profile, in io.Reader) (*chart.Resolution, error) {
	sources, err := v.read(in)
	if err != nil {
		return nil, err
	}
	r, code, err := v.resolveSources(profile, slices.Concat(placeholders(profile), sources), in)
	if err == nil && r.Error != nil {
		err = exit{code, refusal(profile, r.Error)}
	}
	return r, err
}

// resolveSources is resolve for files that are read already.
func (v *valueFlags) resolveSources(
	profile *chart.Profile, sources []values.Source, in io.Reader,
) (*chart.Resolution, int, error) {
	merged, err := v.merge(sources, in)
	return resolveMerged(profile, merged, err)
}

// resolveMerged returns what the chart makes of merged values, and the exit code of the result. An error of merging that
// is about YAML becomes a refusal.
func resolveMerged(profile *chart.Profile, merged *values.Values, err error) (*chart.Resolution, int, error) {
	if syntax, ok := errors.AsType[*values.ParseError](err); ok {
		return notYAML(profile, syntax), exitFailure, nil
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

// yamlKind is the kind of refusal of a file that is not YAML: the chart never saw it.
const yamlKind = "yaml"

// notYAML returns the resolution of values that cannot be parsed.
func notYAML(profile *chart.Profile, err *values.ParseError) *chart.Resolution {
	return &chart.Resolution{
		FormatVersion: formatVersion,
		Chart:         profile.Identity(),
		Secrets:       []chart.MadeSecret{},
		Error:         &chart.Refusal{Kind: yamlKind, Message: err.Error()},
	}
}

// refusal returns a chart's refusal as an error: helm's words, and each detail that they do not contain.
func refusal(profile *chart.Profile, r *chart.Refusal) error {
	text := fmt.Sprintf("chart %s refuses the values: ", profile.Version)
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
			text += fmt.Sprintf("\nhint: --set-file %s=FILE, as for helm", file.Path)
		}
	}
	return fmt.Errorf("%s", text)
}
