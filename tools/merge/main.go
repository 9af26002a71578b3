// Program merge answers what Helm 3 and Helm 4 make of values files, --set flags and a chart's defaults, with helm's own
// packages, for the tests that compare package values and the flags with them. It reads a question a line on standard
// input and writes an answer a line; it must never grow rules of its own.
package main

import (
	"encoding/json"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"

	chart3 "helm.sh/helm/v3/pkg/chart"
	util3 "helm.sh/helm/v3/pkg/chartutil"
	cli3 "helm.sh/helm/v3/pkg/cli"
	values3 "helm.sh/helm/v3/pkg/cli/values"
	getter3 "helm.sh/helm/v3/pkg/getter"
	util4 "helm.sh/helm/v4/pkg/chart/common/util"
	chart4 "helm.sh/helm/v4/pkg/chart/v2"
	cli4 "helm.sh/helm/v4/pkg/cli"
	values4 "helm.sh/helm/v4/pkg/cli/values"
	getter4 "helm.sh/helm/v4/pkg/getter"
	"sigs.k8s.io/yaml"
)

// question holds values files in order, the flags --set and --set-string, and the values.yaml of a chart.
type question struct {
	Files            [][]byte
	Sets, SetStrings []string
	Defaults         []byte
}

// answer holds the merged values, and what the chart's templates get.
type answer struct {
	Error    string         `json:",omitempty"`
	Values   map[string]any `json:",omitempty"`
	Rendered map[string]any `json:",omitempty"`
}

func main() {
	log.SetOutput(io.Discard) // values that do not fit a chart's tables are logged
	slog.SetDefault(slog.New(slog.DiscardHandler))
	folder, err := os.MkdirTemp("", "merge-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var q question
		if err := in.Decode(&q); err != nil {
			return
		}
		files, err := write(folder, q.Files)
		if err != nil {
			log.Fatal(err)
		}
		if err := out.Encode([]answer{ask(q, files, helm3), ask(q, files, helm4)}); err != nil {
			return
		}
	}
}

func write(folder string, texts [][]byte) (files []string, err error) {
	for i, text := range texts {
		files = append(files, filepath.Join(folder, strconv.Itoa(i)))
		if err := os.WriteFile(files[i], text, 0o600); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func ask(q question, files []string, helm func(question, []string, map[string]any) (answer, error)) answer {
	var defaults map[string]any
	if err := yaml.Unmarshal(q.Defaults, &defaults); err != nil {
		return answer{Error: err.Error()}
	}
	a, err := helm(q, files, defaults)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return a
}

func helm3(q question, files []string, defaults map[string]any) (a answer, err error) {
	o := values3.Options{ValueFiles: files, Values: q.Sets, StringValues: q.SetStrings}
	if a.Values, err = o.MergeValues(getter3.All(cli3.New())); err != nil {
		return a, err
	}
	a.Rendered, err = util3.CoalesceValues(&chart3.Chart{Metadata: &chart3.Metadata{Name: "x"}, Values: defaults}, a.Values)
	return a, err
}

func helm4(q question, files []string, defaults map[string]any) (a answer, err error) {
	o := values4.Options{ValueFiles: files, Values: q.Sets, StringValues: q.SetStrings}
	if a.Values, err = o.MergeValues(getter4.All(cli4.New())); err != nil {
		return a, err
	}
	a.Rendered, err = util4.CoalesceValues(&chart4.Chart{Metadata: &chart4.Metadata{Name: "x"}, Values: defaults}, a.Values)
	return a, err
}
