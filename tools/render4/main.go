// Program render4 is "helm template" of Helm 4 for many values files in one
// process: a process for each would take the tests minutes. It does what that
// command does with the same packages (pkg/cmd/template.go in helm/helm), and a
// test compares the two.
//
// Each line of standard input is {"chart": PATH, "values": YAML}, each line of
// standard output {"manifest": YAML, "error": TEXT}, in the same order.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"

	"helm.sh/helm/v4/pkg/action"
	"helm.sh/helm/v4/pkg/chart/loader"
	"helm.sh/helm/v4/pkg/cli"
	"helm.sh/helm/v4/pkg/cli/values"
	"helm.sh/helm/v4/pkg/getter"
	release "helm.sh/helm/v4/pkg/release/v1"
)

type request struct {
	Chart, Values string
}

type answer struct {
	Manifest string `json:"manifest,omitempty"`
	Error    string `json:"error,omitempty"`
}

func main() {
	log.SetOutput(io.Discard) // values that do not fit a chart's tables are logged
	slog.SetDefault(slog.New(slog.DiscardHandler))
	folder, err := os.MkdirTemp("", "render4-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var r request
		if err := in.Decode(&r); err != nil {
			return
		}
		var a answer
		if a.Manifest, err = render(r, filepath.Join(folder, "values.yaml")); err != nil {
			a.Error = err.Error()
		}
		if err := out.Encode(a); err != nil {
			return
		}
	}
}

func render(r request, file string) (string, error) {
	if err := os.WriteFile(file, []byte(r.Values), 0o600); err != nil {
		return "", err
	}
	merged, err := (&values.Options{ValueFiles: []string{file}}).MergeValues(getter.All(cli.New()))
	if err != nil {
		return "", err
	}
	chart, err := loader.Load(r.Chart)
	if err != nil {
		return "", err
	}
	config := action.NewConfiguration()
	client := action.NewInstall(config)
	client.DryRunStrategy, client.Replace = action.DryRunClient, true
	client.ReleaseName, client.Namespace = "rel", "default"
	made, err := client.Run(chart, merged)
	if err != nil {
		return "", err
	}
	rel, ok := made.(*release.Release)
	if !ok {
		return "", fmt.Errorf("helm gave a release of another kind: %T", made)
	}
	manifest := rel.Manifest
	for _, hook := range rel.Hooks {
		manifest += fmt.Sprintf("---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return manifest, nil
}
