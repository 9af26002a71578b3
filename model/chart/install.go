package chart

import (
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/values"

	"sigs.k8s.io/yaml"
)

// Install holds what an installation needs beside the image and secret values.
type Install struct {
	Chart  string          `yaml:"chart" doc:"the chart for helm's command line; {version} is the release"`
	Get    string          `yaml:"get" doc:"a shell command that downloads the chart; left out where helm finds it"`
	Note   string          `yaml:"note" doc:"one sentence on what a first installation needs"`
	Unless string          `yaml:"unless" doc:"the value path that makes the note needless"`
	Set    []InstallValue  `yaml:"set" doc:"values that an installation must have and that no values file of ours sets"`
	Files  []InstallFile   `yaml:"files" doc:"values that the chart requires and that come from files"`
	Source ChartSource     `yaml:"source" doc:"where GitOps tools find the chart"`
	Path   string          `yaml:"-"` // the folder or archive of a local chart, named instead of Chart
	Parent []values.Source `yaml:"-"` // the defaults of the parent chart, where the chart is a subchart
}

// InstallFile is a file that helm must be given with --set-file.
type InstallFile struct {
	Path string `yaml:"path" required:"true" doc:"the value path that it sets, such as conductor.properties"`
	Name string `yaml:"name" required:"true" doc:"its name in the commands"`
	What string `yaml:"what" required:"true" doc:"what is in it"`
}

// InstallValue is a value that helm must be given with --set unless a values file or the chart sets it.
type InstallValue struct {
	Path string `yaml:"path" required:"true" doc:"the value path, such as fullnameOverride"`
	From string `yaml:"from" required:"true" doc:"the value path whose value it must have, such as server.name"`
}

// ChartSource holds the source of a chart for Argo CD and Flux: a helm repository and the name of the chart, or a git
// repository and its path.
type ChartSource struct {
	URL       string `yaml:"url" doc:"the helm or git repository"`
	Chart     string `yaml:"chart" doc:"the name of the chart in a helm repository"`
	Path      string `yaml:"path" doc:"the folder of the chart in a git repository"`
	Revision  string `yaml:"revision" doc:"the branch of a git repository, or the version; {version} is the release"`
	IsUnknown bool   `yaml:"-"` // it is an example: the user has to write the right one
}

// ChartSource returns where GitOps tools find the chart: an example for a local chart, and for a profile without one.
func (p *Profile) ChartSource() ChartSource {
	out := p.Install.Source
	if p.Install.Path != "" || out.URL == "" {
		return ChartSource{URL: "https://git.example.com/your/charts.git", Path: "charts/" + p.Name, Revision: "main",
			IsUnknown: true}
	}
	out.Revision = model.ExpandMap(out.Revision, map[string]string{"version": p.Version})
	return out
}

// Reference returns the chart for helm's command line: a folder, or a chart in a repository with its version. A path is
// not quoted for a shell.
func (p *Profile) Reference() string {
	switch {
	case p.Install.Path != "":
		return p.Install.Path
	case p.Install.Chart == "":
		return "./" + p.Name
	}
	return model.ExpandMap(p.Install.Chart, map[string]string{"version": p.Version})
}

// Hint returns what an installation with those values needs: the profile's note, unless they make it needless, and the
// files to give helm.
func (i Install) Hint(v *values.Values) string {
	note := i.Note
	if i.Unless != "" {
		if value, _ := v.Lookup(i.Unless); !empty(value) {
			note = ""
		}
	}
	if len(i.Files) == 0 {
		return note
	}
	files := model.Map(i.Files, func(f InstallFile) string { return f.Name + " (" + f.What + ")" })
	return strings.TrimPrefix(note+"; ", "; ") + "the chart requires these files: " + strings.Join(files, " and ")
}

// Missing returns the values that an installation must have and that neither the values nor the chart set, as PATH=VALUE.
func (p *Profile) Missing(v *values.Values) []string {
	var out []string
	lookup := func(path string) any {
		if value, ok := v.Lookup(path); ok && !empty(value) {
			return value
		}
		return p.Default(path)
	}
	for _, set := range p.Install.Set {
		if wanted, ok := lookup(set.From).(string); ok && wanted != "" && empty(lookup(set.Path)) {
			out = append(out, set.Path+"="+wanted)
		}
	}
	return out
}

// Flags returns a --set-file flag for each file that the chart requires.
func (i Install) Flags() []string {
	return model.Map(i.Files, func(f InstallFile) string { return "--set-file " + f.Path + "=" + f.Name })
}

// BaseValues returns the values that an installation has before those of the user: placeholders for the files that the
// chart requires and helm gets by --set-file, and the defaults of a parent chart.
func (i Install) BaseValues() []values.Source {
	if len(i.Files) == 0 {
		return i.Parent
	}
	tree := map[string]any{}
	for _, file := range i.Files {
		values.Set(tree, file.Path, file.What)
	}
	data, _ := yaml.Marshal(tree) // text in maps always has YAML
	return append([]values.Source{{Name: "--set-file", Data: data}}, i.Parent...)
}
