package values_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// The keys of kinds.yaml that show a values file are read by a chart, and with each of them a file is one.
func TestKeysOfTheChartsShowAValuesFile(t *testing.T) {
	var table struct{ Values []string }
	data, err := os.ReadFile("kinds.yaml")
	if err == nil {
		err = yaml.Unmarshal(data, &table)
	}
	if err != nil || len(table.Values) == 0 {
		t.Fatal(table, err)
	}
	charts := presetstest.Catalog(t).Charts.All()
	for _, path := range table.Values {
		if !slices.ContainsFunc(charts, func(p *chart.Profile) bool {
			return slices.ContainsFunc(slices.Concat(p.ReadKeys(), p.Keys), func(key string) bool {
				return strings.HasPrefix(key+".", path+".")
			})
		}) {
			t.Errorf("no chart reads %s", path)
		}
		tree := map[string]any{"services": map[string]any{"api": map[string]any{"image": "r.io/api"}}}
		values.Set(tree, path, "x")
		text, err := yaml.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := values.Parse(values.Source{Name: "v.yaml", Data: text}); err != nil {
			t.Errorf("%s%v", text, err)
		}
	}
}

// A file with the key of the subchart is that of its parent chart, whatever the parent's own keys are.
func TestValuesOfAParentChartHaveOtherKeys(t *testing.T) {
	text := "services: {api: {image: r.io/api}}\nruntime: go\nresources: {}\nconductor: {server: {tag: x}}\n"
	if _, err := values.Parse(values.Source{Name: "v.yaml", Data: []byte(text), Under: "conductor"}); err != nil {
		t.Error(err)
	}
	if _, err := values.Parse(values.Source{Name: "v.yaml", Data: []byte(text), Under: "other"}); err == nil {
		t.Error("a Compose file is read as values")
	}
}
