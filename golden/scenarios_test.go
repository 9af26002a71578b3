package golden_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// TestGuide holds what each example of the chart's registry guide leads to. Its answers.yaml is written by hand.
func TestGuide(t *testing.T) {
	names, err := filepath.Glob("scenarios/guide-*")
	if err != nil || len(names) == 0 {
		t.Fatal("no examples", err)
	}
	c := presetstest.Catalog(t)
	for _, path := range names {
		t.Run(filepath.Base(path), func(t *testing.T) {
			folder := golden.Open(t, path)
			a, problems := answers.Decode("answers.yaml", folder.Input("answers.yaml"))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			check(t, c, folder, a)
		})
	}
}

// combination is a chart and one of the patterns that it has keys for.
type combination struct{ chart, pattern string }

// combinations are those of all charts, by what a scenario's name ends in: the pattern for the default chart, the chart
// too for the others.
func combinations(c *answers.Catalog) map[string]combination {
	out := map[string]combination{}
	for i, profile := range c.Charts {
		for _, pattern := range profile.Patterns {
			switch {
			case pattern.Missing != "":
			case i == 0:
				out[pattern.ID] = combination{profile.ID, pattern.ID}
			default:
				out[profile.ID+"-"+pattern.ID] = combination{profile.ID, pattern.ID}
			}
		}
	}
	return out
}

// TestPresetsAndPatterns holds what every preset gives in every pattern of every chart, from its own first example.
func TestPresetsAndPatterns(t *testing.T) {
	c := presetstest.Catalog(t)
	all, err := c.Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, preset := range all {
		for end, choice := range combinations(c) {
			t.Run(preset.ID+"-"+end, func(t *testing.T) {
				a := answers.New()
				a.Set("chart", choice.chart)
				a.Set("registry.provider", preset.ID)
				for field, value := range preset.Examples[0].Fields {
					a.Set("registry."+field, value)
				}
				a.Set("pattern", choice.pattern)
				folder := golden.Open(t, "scenarios/"+preset.ID+"-"+end)
				folder.Check("answers.yaml", c.Complete(a).Encode())
				check(t, c, folder, a)
			})
		}
	}
}

// TestNoScenarioIsStale wants every folder of scenarios to belong to a test.
func TestNoScenarioIsStale(t *testing.T) {
	known := map[string]bool{}
	c := presetstest.Catalog(t)
	for _, entry := range c.Registries.Entries() {
		for end := range combinations(c) {
			known[entry.ID+"-"+end] = true
		}
	}
	entries, err := os.ReadDir("scenarios")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !known[e.Name()] && !strings.HasPrefix(e.Name(), "guide-") {
			t.Errorf("scenarios/%s is stale: no preset, chart and pattern has that name", e.Name())
		}
	}
}

// TestNothingElseIsGolden wants each folder here to belong to a test.
func TestNothingElseIsGolden(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !slices.Contains([]string{
			"scenarios", "secrets", "screens", "lint", "inspect", "plain", "probe", "reports", "charts", "diagnose",
		}, e.Name()) {
			t.Errorf("golden/%s is stale: no test asks for it", e.Name())
		}
	}
}

// check compares all that answers lead to: the files, and for each environment the resolution and the remarks.
func check(t *testing.T, c *answers.Catalog, folder *golden.Folder, a *answers.Answers) {
	t.Helper()
	p, problems := plan.Build(c, a, "answers.yaml")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for name, data := range made(t, p) {
		folder.Check(name, data)
	}
}

// made is every file of a plan and what there is to say of it, by name.
func made(t *testing.T, p *plan.Plan) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, f := range p.Files() {
		out[f.Name] = f.Data
	}
	for _, env := range p.Environments {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(env.Resolution); err != nil {
			t.Fatal(err)
		}
		out[strings.Replace(strings.Replace(env.FileName("values"), "values", "resolve", 1), ".yaml", ".json", 1)] = b.Bytes()
	}
	var notes strings.Builder
	for _, problem := range p.Problems() {
		notes.WriteString(string(problem.Severity) + ": " + problem.String() + "\n")
	}
	for _, env := range p.Environments {
		for _, step := range env.Steps("") {
			notes.WriteString("next: " + strings.ReplaceAll(step.Command, "\n", "\n      ") + "\n")
		}
	}
	out["notes.txt"] = []byte(notes.String())
	return out
}
