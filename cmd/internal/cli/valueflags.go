package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/strvals"
	sigsyaml "sigs.k8s.io/yaml"

	"conductor-registry/model/chart"
	"conductor-registry/model/redact"
	"conductor-registry/model/values"
	"conductor-registry/verify/helm"
)

// valueFlags are helm's flags for values (files in order, then --set, --set-string and --set-file), and the chart that
// reads them.
type valueFlags struct {
	files, sets, setStrings, setFiles []string
	under                             string // the key of the subchart, in the values of a parent chart
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

// add adds all flags, under a heading of the help; "" for none.
func (v *valueFlags) add(c *command, section string) {
	v.addValues(c)
	completeValuePaths(c, &v.chart.version)
	addChartVersion(c, &v.chart.version, "chart-version", c.catalog.Charts.IDs()[0], "chart `VERSION` that the values are for")
	v.chart.add(c)
	if section != "" {
		inSection(c.Flags(), section, append(v.names(), "chart", "profile")...)
	}
}

// addValues adds the flags for values, without those that name a chart.
func (v *valueFlags) addValues(c *command) {
	flags := c.Flags()
	flags.VarP((*fileList)(&v.files), "values", "f",
		"values `FILE`; - is standard input (repeatable, later files override)")
	flags.StringArrayVar(&v.sets, "set", nil, "set `KEY=VALUE`, as helm's --set (repeatable)")
	flags.StringArrayVar(&v.setStrings, "set-string", nil,
		"set `KEY=VALUE` as text, as helm's --set-string (repeatable)")
	flags.StringArrayVar(&v.setFiles, "set-file", nil,
		"set `KEY=FILE` to the content of the file, as helm's --set-file (repeatable)")
	_ = c.MarkFlagFilename("values", "yaml", "yml")
	addUnder(c, &v.under)
}

// addUnder adds --under.
func addUnder(c *command, under *string) {
	c.Flags().StringVar(under, "under", "",
		"`KEY` of the subchart (its name or alias), for the values of a parent chart")
}

// names returns the flags that make no sense beside an answers file.
func (v *valueFlags) names() []string {
	return []string{"values", "set", "set-string", "set-file", "under", "chart-version"}
}

// given reports whether any values are given.
func (v *valueFlags) given() bool {
	return len(v.files)+len(v.sets)+len(v.setStrings)+len(v.setFiles) > 0
}

// loadedValues are values with what a chart makes of them.
type loadedValues struct {
	profile    *chart.Profile
	sources    []values.Source
	merged     *values.Values // nil when a file is not YAML
	resolution *chart.Resolution
	unreadable *values.ParseError // why merged is nil
}

// load reads the values and resolves them. With isFilled, placeholders stand for the files that an installation adds.
func (v *valueFlags) load(c *command, isFilled bool) (*loadedValues, error) {
	profile, err := v.chart.load(c, v.under)
	if err != nil {
		return nil, err
	}
	l := &loadedValues{profile: profile}
	if l.sources, err = v.read(c.streams); err != nil {
		return nil, err
	}
	if parent := v.chart.parent; parent != nil {
		l.sources = slices.Concat([]values.Source{parent.defaults}, l.sources)
	}
	if isFilled {
		l.sources = slices.Concat(placeholders(profile), l.sources)
	}
	l.merged, err = v.merge(l.sources, c.streams)
	if syntax, ok := errors.AsType[*values.ParseError](err); ok {
		l.unreadable = syntax
		l.resolution = &chart.Resolution{FormatVersion: formatVersion, Chart: profile.Identity(),
			Secrets: []chart.MadeSecret{}, Error: &chart.Refusal{Kind: yamlKind, Message: syntax.Error()}}
		return l, nil
	}
	if err != nil {
		return nil, err
	}
	l.resolution = profile.Resolve(l.merged)
	return l, v.chart.checkRendered(l.merged)
}

// loadAccepted is load with placeholders. Values that the chart would refuse are an error.
func (v *valueFlags) loadAccepted(c *command) (*loadedValues, error) {
	l, err := v.load(c, true)
	if err == nil && l.resolution.Error != nil {
		err = l.refused()
	}
	return l, err
}

// read returns the values files, in helm's order.
func (v *valueFlags) read(s Streams) ([]values.Source, error) {
	if i := slices.Index(v.files, "-"); i >= 0 && slices.Contains(v.files[i+1:], "-") {
		return nil, usage("-f - is given twice: standard input can be read only once")
	}
	var sources []values.Source
	for _, name := range v.files {
		data, err := s.read(name)
		if err != nil {
			return nil, err
		}
		sources = append(sources, values.Source{Name: shownName(name), Data: data, Under: v.subchart()})
	}
	return sources, nil
}

// subchart returns the key of the subchart that is wanted: of --under, or found in the chart of --chart.
func (v *valueFlags) subchart() string {
	if v.under == "" && v.chart.parent != nil {
		return v.chart.parent.dependency.Key()
	}
	return v.under
}

// helmValues returns the values that the chart of --chart is rendered with.
func (v *valueFlags) helmValues(merged *values.Values) map[string]any {
	if v.chart.parent != nil || v.under == "" {
		return merged.Outer()
	}
	return merged.Tree()
}

// isWrapped reports whether helm cannot be given the files as they are.
func (v *valueFlags) isWrapped(merged *values.Values) bool {
	return v.under != "" && v.chart.parent == nil ||
		slices.ContainsFunc(merged.Files(), func(f *values.File) bool { return f.Kind != "" })
}

// merge returns the values of files with those of the --set flags over them; nil when a file is not YAML.
func (v *valueFlags) merge(sources []values.Source, s Streams) (*values.Values, error) {
	merged, err := values.Load(sources...)
	if err != nil {
		return nil, err
	}
	return merged, v.set(merged, s)
}

// set puts the values of the --set flags over the files'. Helm's own parser reads them.
func (v *valueFlags) set(merged *values.Values, s Streams) error {
	var unread error
	content := func(name []rune) (any, error) {
		data, err := s.read(string(name))
		unread = err
		if slices.ContainsFunc(v.setFiles, hasSecret) {
			s.hideSecret(strings.TrimSpace(string(data)))
		}
		return string(data), err
	}
	setFile := func(set string, into map[string]any) error { return strvals.ParseIntoFile(set, into, content) }
	for _, flag := range []struct {
		name, example string
		given         []string
		parse         func(string, map[string]any) error
	}{
		{"--set", "server.image.tag=5.2.42", v.sets, strvals.ParseInto},
		{"--set-string", "server.image.tag=5.2.42", v.setStrings, strvals.ParseIntoString},
		{"--set-file", "conductor.properties=conductor.properties", v.setFiles, setFile},
	} {
		for _, set := range flag.given {
			err := merged.Change(func(tree map[string]any) error { return flag.parse(set, tree) })
			if unread != nil {
				return usage("%s: %w", flag.name, unread)
			}
			if err != nil {
				return badSet(flag.name, set, flag.example, err)
			}
		}
	}
	return nil
}

// badSet returns the error for a flag that helm's parser refuses. Its message repeats parts of the value, which may be a
// password with a comma.
func badSet(flag, set, example string, err error) error {
	if shown := redact.Text(set); shown != set {
		return usage("%s %q: not KEY=VALUE\nhint: write a comma in a value as \\,", flag, shown)
	}
	return usage("%s %s: %w; write it like %[1]s %[4]s", flag, redact.Visible(set), err, example)
}

// hasSecret reports whether a --set flag sets what is a secret by its key or shape.
func hasSecret(set string) bool { return redact.Text(set) != set }

// request returns what helm has to render. Where a flag sets a secret, helm gets the merged values as one file: other
// users of this machine can see its arguments.
func (v *valueFlags) request(sources []values.Source, merged *values.Values) helm.Request {
	if merged != nil && (v.isWrapped(merged) || slices.ContainsFunc(slices.Concat(v.sets, v.setStrings), hasSecret)) {
		if data, err := sigsyaml.Marshal(v.helmValues(merged)); err == nil {
			return helm.Request{Chart: v.chart.path, Values: [][]byte{data}}
		}
	}
	r := helm.Request{Chart: v.chart.path, Sets: v.sets, SetStrings: v.setStrings, SetFiles: v.setFiles}
	for _, source := range sources {
		r.Values = append(r.Values, source.Data)
	}
	return r
}

// yamlKind is the kind of refusal of a file that is not YAML: the chart never saw it.
const yamlKind = "yaml"

// refused returns the chart's refusal as an error: helm's words, and each detail that they do not contain.
func (l *loadedValues) refused() exit {
	r := l.resolution.Error
	if r.Kind == yamlKind {
		return exit{exitFailure, l.unreadable}
	}
	text := fmt.Sprintf("chart %s refuses the values: %s", redact.Visible(l.profile.Version), r.Message)
	for _, detail := range r.Details {
		if !strings.Contains(text, detail) {
			text += "\n- " + detail
		}
	}
	for _, hint := range setFileHints(l.profile, r.Message) {
		text += "\nhint: " + hint
	}
	return exit{exitRefused, errors.New(text)}
}

// setFileHints returns the flags for the files of an installation that a refusal mentions.
func setFileHints(profile *chart.Profile, message string) []string {
	var hints []string
	for _, file := range profile.Install.Files {
		if strings.Contains(message, file.Path) {
			hints = append(hints, fmt.Sprintf("add --set-file %s=FILE, as for the installation", file.Path))
		}
	}
	return hints
}
