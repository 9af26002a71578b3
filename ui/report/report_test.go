package report_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/report"
)

// TestReports holds what people read of every preset and chart, and of a resolution.
func TestReports(t *testing.T) {
	folder := golden.Open(t, "../../golden/reports")
	catalog := presetstest.Catalog(t)
	all, err := catalog.Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		var b bytes.Buffer
		if err := report.Preset(&b, p); err != nil {
			t.Fatal(err)
		}
		folder.Check("preset-"+p.ID+".txt", b.Bytes())
	}
	for _, p := range catalog.Charts.All() {
		var b bytes.Buffer
		if err := report.Chart(&b, p); err != nil {
			t.Fatal(err)
		}
		folder.Check("chart-"+p.ID+".txt", b.Bytes())
	}
	values, err := values.Load(values.Source{Name: "values.yaml", Data: []byte(`
global: {image: {registry: "https://r.example.com", tag: "5.2.42", pullSecrets: [{name: mine}]}}
server: {image: {repository: conductor/server, pullPolicy: ""}}
`)})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	profile := catalog.Charts.Default()
	r := profile.Resolve(values)
	if err := report.Resolution(&b, r, lint.Problems(profile, values, r)); err != nil {
		t.Fatal(err)
	}
	folder.Check("resolution.txt", b.Bytes())
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  []string
	}{
		{"one two three", 7, []string{"one two", "three"}},
		{"a us-east-1.amazonaws.com b", 20, []string{"a", "us-east-1.amazonaws.", "com b"}},
		{"会社 会社", 5, []string{"会社", "会社"}},
		{"", 5, []string{""}},
		{"x", 0, nil},
	} {
		got := report.Wrap(tt.text, tt.width)
		if !slices.Equal(got, tt.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", tt.text, tt.width, strings.Join(got, "|"), tt.want)
		}
	}
}
