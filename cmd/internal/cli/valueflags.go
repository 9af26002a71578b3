package cli

import (
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/strvals"
	sigsyaml "sigs.k8s.io/yaml"

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
	isNoted                           bool // noteUnder has printed its note
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
		sources = append(sources, values.Source{Name: shownName(name), Data: data, Under: v.chart.subchart(v.under)})
	}
	return sources, nil
}

// helmValues returns the values that the chart of --chart is rendered with.
func (v *valueFlags) helmValues(merged *values.Values) map[string]any {
	if v.chart.parent != nil || v.under == "" {
		return merged.Outer()
	}
	return merged.Tree()
}

// isWrapped reports whether helm cannot be given the files as they are: it wants values of the chart that it renders, at
// the top of each file.
func (v *valueFlags) isWrapped(merged *values.Values) bool {
	return slices.ContainsFunc(merged.Files(), func(f *values.File) bool {
		return f.Kind != "" || (f.Under == "") == (v.chart.parent != nil)
	})
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
			s.known.AddSecret(strings.TrimSpace(string(data)))
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
	v.noteUnder(merged, s)
	return nil
}

// noteUnder prints that the values have nothing for the subchart of --under, whose name may be misspelled.
func (v *valueFlags) noteUnder(merged *values.Values, s Streams) {
	var at any = merged.WithDefaults()
	for key := range strings.SplitSeq(v.under, ".") {
		mapping, _ := at.(map[string]any)
		at = mapping[key]
	}
	if v.under != "" && at == nil && len(v.files) > 0 && !v.isNoted {
		printf(s.Err, "note: the values have no key %s, so only their global keys reach the subchart\n", v.under)
		v.isNoted = true
	}
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

// request returns what helm has to render. With --set and --set-string helm gets the merged values as one file: their
// text may be a secret, and other users of this machine can see helm's arguments.
func (v *valueFlags) request(sources []values.Source, merged *values.Values) helm.Request {
	if merged != nil && (v.isWrapped(merged) || len(v.sets)+len(v.setStrings) > 0) {
		if data, err := sigsyaml.Marshal(v.helmValues(merged)); err == nil {
			return helm.Request{Chart: v.chart.path, Values: [][]byte{data}}
		}
	}
	r := helm.Request{Chart: v.chart.path, SetFiles: v.setFiles}
	for _, source := range sources {
		if !source.IsDefaults {
			r.Values = append(r.Values, source.Data)
		}
	}
	return r
}
