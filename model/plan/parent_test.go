package plan_test

import (
	"strings"
	"testing"

	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// Values of a parent chart that win over the answers are an error at their place, and never called a bug.
func TestValuesOfAParentChartThatWin(t *testing.T) {
	for text, want := range map[string]struct {
		path string
		line int
	}{
		"a: 1\nglobal: {image: {registry: p.io}}\n":         {"global.image.registry", 2},
		"conductor: {server: {image: {registry: p.io}}}\n":  {"server.image.registry", 1},
		"conductor: {server: {image: {tag: 5}}}\n":          {"", 0}, // the chart refuses it
		"global: {image: {tag: '1'}}\nconductor: {x: {}}\n": {"global.image.tag", 1},
	} {
		catalog := presetstest.Catalog(t)
		profile, err := catalog.Chart("2.8")
		if err != nil {
			t.Fatal(err)
		}
		subchart := *profile
		subchart.Install.Parent = []values.Source{{Name: "parent/values.yaml", Data: []byte(text), Under: "conductor", IsDefaults: true}}
		catalog.Charts = catalog.Charts.With(&subchart)
		_, problems := plan.Build(catalog, azure("under", "conductor", "tag", "5.2.42"), "answers.yaml")
		errs := problems.Errors()
		if len(errs) == 0 {
			t.Errorf("%sis accepted", text)
		}
		for _, p := range errs {
			if p.Rule != "parent-defeats-answers" || p.File != "parent/values.yaml" || p.Path != want.path || p.Line != want.line ||
				strings.Contains(p.Summary, "\n") {
				t.Errorf("%s%+v", text, p)
			}
		}
	}
}
