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

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
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
	Files                   []chart.InstallFile // that the chart requires beside the values, with paths of the outer chart
	Set                     string              // YAML of the values that an installation needs and that the file does not have
	External                string              // the file with the External Secret; "" for none

	SecretName string // of the pull secret

	Object, ConfigMap, Secret, File string // names of Flux's objects and of the file with them
}

// Options say what is written beside the objects.
type Options struct {
	External bool // External Secrets creates the pull secrets
}

// Files returns the files for a tool. For Argo CD: one Application, one ApplicationSet for several environments, or an
// Application for each where their charts differ. For Flux: one HelmRelease for each environment, and the
// kustomization with their values. The files of External Secrets come first.
func Files(tool string, p *plan.Plan, o Options) ([]plan.File, error) {
	var files []plan.File
	var all []environment
	for _, e := range p.Environments {
		one, err := newEnvironment(e, tool)
		if err != nil {
			return nil, err
		}
		if request := e.Request(); o.External && request.Method != "" && len(request.Logins) > 0 {
			one.External = e.FileName("external-secret")
			text, err := secret.ExternalSecret(request)
			if err != nil {
				return nil, err
			}
			files = append(files, plan.File{Name: one.External, Data: []byte(text), Mode: 0o644})
		}
		all = append(all, one)
	}
	if tool == Flux {
		return fluxFiles(files, all)
	}
	return argoFiles(files, all)
}

// Problems returns a warning where Flux would install two environments into one namespace: their objects have the same
// names, and the kustomization applies all of them to one cluster.
func Problems(tool string, p *plan.Plan) model.Problems {
	var out model.Problems
	owner := map[string]string{}
	for _, e := range p.Environments {
		first, isShared := owner[e.Secret.Namespace]
		if tool == Flux && isShared {
			out = append(out, model.Problem{Rule: "shared-namespace", Severity: model.Warning,
				Summary: fmt.Sprintf("%s and %s are installed into the namespace %s, and kustomization.yaml applies both to one "+
					"cluster", first, e.Name, e.Secret.Namespace),
				Why: "the second one replaces the first",
				Fix: fmt.Sprintf("--set environments.%s.pullSecret.namespace=%s-%[1]s; where each has a cluster of its own, keep "+
					"only its lines in kustomization.yaml", e.Name, e.Secret.Namespace)})
		}
		if !isShared {
			owner[e.Secret.Namespace] = e.Name
		}
	}
	return out
}

func argoFiles(files []plan.File, all []environment) (_ []plan.File, err error) {
	isSame := !slices.ContainsFunc(all, func(e environment) bool {
		return e.Source != all[0].Source || e.Set != all[0].Set || !slices.Equal(e.Files, all[0].Files)
	})
	if len(all) > 1 && isSame {
		hasExternal := slices.ContainsFunc(all, func(e environment) bool { return e.External != "" })
		return render(files, "applicationset.yaml", "applicationset.yaml", map[string]any{"Environments": all, "One": all[0],
			"Repository": repository, "HasExternal": hasExternal})
	}
	for _, e := range all {
		facts := map[string]any{"One": e, "Repository": repository}
		if files, err = render(files, e.File, "application.yaml", facts); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func fluxFiles(files []plan.File, all []environment) (_ []plan.File, err error) {
	for _, e := range all {
		if files, err = render(files, e.File, "helmrelease.yaml", e); err != nil {
			return nil, err
		}
	}
	var written []string
	for i, e := range all {
		if id := e.Namespace + "/" + e.SecretName; slices.Contains(written, id) {
			all[i].External = "" // kustomize refuses two objects of one name
		} else {
			written = append(written, id)
		}
	}
	hasFiles := slices.ContainsFunc(all, func(e environment) bool { return len(e.Files) > 0 })
	return render(files, "kustomization.yaml", "kustomization.yaml", map[string]any{"Environments": all, "HasFiles": hasFiles})
}

func newEnvironment(e *plan.Environment, tool string) (environment, error) {
	out := environment{Name: e.Name, Namespace: e.Secret.Namespace, Values: e.FileName("values"), SecretName: e.Secret.Name,
		Source: e.Profile.ChartSource(), Object: "conductor", ConfigMap: "conductor-values", Secret: "conductor-files",
		File: e.FileName(map[string]string{ArgoCD: "application", Flux: "helmrelease"}[tool])}
	if e.Name != "" {
		out.Object, out.ConfigMap, out.Secret = "conductor-"+e.Name, "conductor-values-"+e.Name, "conductor-files-"+e.Name
	}
	for _, file := range e.Profile.Install.Files {
		file.Path = e.OuterPath(file.Path)
		out.Files = append(out.Files, file)
	}
	if e.Under != "" { // the chart is the user's own, which has ours as a subchart
		out.Source = chart.ChartSource{URL: repository, Path: "charts/parent", Revision: "main", IsUnknown: true}
	}
	missing, err := e.MissingValues()
	if err != nil || len(missing) == 0 {
		return out, err
	}
	tree := map[string]any{}
	for _, set := range missing {
		path, value, _ := strings.Cut(set, "=")
		values.Set(tree, e.OuterPath(path), value)
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
