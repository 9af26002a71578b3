// Package gitops writes the objects with which Argo CD or Flux install the chart, with the values files of a plan. It
// knows no chart: where a chart comes from is in its profile.
package gitops

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
)

//go:embed *.tmpl
var templates embed.FS

// The tools that objects are written for.
const (
	ArgoCD = "argocd"
	Flux   = "flux"
)

// Tools returns the tools that objects are written for.
func Tools() []string { return []string{ArgoCD, Flux} }

// repository stands for the user's repository, which the answers do not name.
const repository = "https://git.example.com/your/repository.git"

// environment holds the facts about one environment that the templates print.
type environment struct {
	Name, Namespace, Values string
	Source                  chart.ChartSource
	Files                   []chart.InstallFile // what the chart requires beside the values
	Set                     string              // YAML of the values that an installation needs and that the file does not have

	Object, ConfigMap, File string // names of Flux's objects and of the file with them
}

// Files returns the files for a tool. For Argo CD: one Application, one ApplicationSet for several environments, or an
// Application for each where their charts differ. For Flux: one HelmRelease for each environment, and the
// kustomization with their values.
func Files(tool string, p *plan.Plan) ([]plan.File, error) {
	var all []environment
	for _, e := range p.Environments {
		one, err := newEnvironment(e)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	isSame := !slices.ContainsFunc(all, func(e environment) bool {
		return e.Source != all[0].Source || e.Set != all[0].Set
	})
	facts := map[string]any{"Environments": all, "One": all[0], "Repository": repository}
	switch {
	case tool == Flux:
		return fluxFiles(all, facts)
	case len(all) > 1 && isSame:
		return render(nil, "applicationset.yaml", "applicationset.yaml", facts)
	}
	var files []plan.File
	for _, e := range all {
		var err error
		facts := map[string]any{"One": e, "Repository": repository}
		if files, err = render(files, e.fileName("application"), "application.yaml", facts); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// fileName returns the name of a file for the environment.
func (e environment) fileName(kind string) string {
	if e.Name == "" {
		return kind + ".yaml"
	}
	return kind + "-" + e.Name + ".yaml"
}

func fluxFiles(all []environment, facts map[string]any) (files []plan.File, err error) {
	for _, e := range all {
		if files, err = render(files, e.File, "helmrelease.yaml", e); err != nil {
			return nil, err
		}
	}
	return render(files, "kustomization.yaml", "kustomization.yaml", facts)
}

func newEnvironment(e *plan.Environment) (environment, error) {
	out := environment{Name: e.Name, Namespace: e.Secret.Namespace, Values: e.FileName("values"),
		Source: e.Profile.ChartSource(), Files: e.Profile.Install.Files, Object: "conductor", ConfigMap: "conductor-values"}
	out.File = out.fileName("helmrelease")
	if e.Name != "" {
		out.Object, out.ConfigMap = "conductor-"+e.Name, "conductor-values-"+e.Name
	}
	if e.Under != "" { // the chart is the user's own, which has ours as a subchart
		out.Source, out.Files = chart.ChartSource{URL: repository, Path: "charts/parent", Revision: "main", IsUnknown: true}, nil
	}
	missing, err := e.MissingValues()
	if err != nil || len(missing) == 0 {
		return out, err
	}
	tree := map[string]any{}
	for _, set := range missing {
		path, value, _ := strings.Cut(set, "=")
		values.Set(tree, strings.TrimPrefix(e.Under+"."+path, "."), value)
	}
	text, err := yaml.Marshal(tree)
	out.Set = string(text)
	return out, err
}

// render adds the file that a template makes.
func render(files []plan.File, name, of string, facts any) ([]plan.File, error) {
	t, err := template.New(of+".tmpl").Delims("[[", "]]").Funcs(template.FuncMap{
		"quote": values.Quote, "indent": indent}).ParseFS(templates, of+".tmpl")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, facts); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	data := append(bytes.TrimRight(out.Bytes(), "\n"), '\n')
	return append(files, plan.File{Name: name, Data: data, Mode: 0o644}), nil
}

// indent indents each line of a text.
func indent(columns int, text string) string {
	pad := strings.Repeat(" ", columns)
	return pad + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n"+pad)
}
