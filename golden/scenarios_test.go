package golden_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// TestGuide holds all that follows from each example of the chart's registry guide. Its answers.yaml is written by hand.
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
			check(t, folder, build(t, c, a))
		})
	}
}

// combination is a chart and one of the patterns that it supports.
type combination struct{ chart, pattern string }

// combinations returns those of all charts, by the end of the scenario's name: the pattern for the default chart, the
// chart and the pattern for the others.
func combinations(c *answers.Catalog) map[string]combination {
	out := map[string]combination{}
	for i, profile := range c.Charts.All() {
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

// TestPresetsAndPatterns holds the values of every preset in every pattern of every chart, from the preset's first
// example, and a table of what they give the pods. The folder of the default chart and pattern has all files.
func TestPresetsAndPatterns(t *testing.T) {
	c := presetstest.Catalog(t)
	all, err := c.Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	choices := combinations(c)
	for _, preset := range all {
		for _, end := range slices.Sorted(maps.Keys(choices)) {
			name, choice := preset.ID+"-"+end, choices[end]
			t.Run(name, func(t *testing.T) {
				a := answers.New()
				a.Set("chart", choice.chart)
				a.Set("registry.provider", preset.ID)
				for field, value := range preset.Examples[0].Fields {
					a.Set("registry."+field, value)
				}
				a.Set("pattern", choice.pattern)
				folder := golden.Open(t, "scenarios/"+name)
				p := build(t, c, a)
				folder.Check("answers.yaml", p.Answers.Encode())
				if choice.chart == c.Charts.Default().ID && choice.pattern == c.Charts.Default().Patterns[0].ID {
					check(t, folder, p)
				} else {
					folder.Check("values.yaml", p.Environments[0].Values)
				}
				table.WriteString(name + "\n" + rows(p.Environments[0]))
			})
		}
	}
	golden.File(t, "scenarios/presets.txt", []byte(table.String()))
}

// rows returns what an environment gives the pods: a line for each component, and one for each remark.
func rows(e *plan.Environment) string {
	var b strings.Builder
	for _, c := range e.Components {
		got := e.Resolution.Components[c.Name]
		fmt.Fprintf(&b, "  %s: %s, %v, pull secrets %v\n", c.Name, got.Image, got.PullPolicy, got.PullSecrets)
	}
	for _, p := range e.Problems {
		fmt.Fprintf(&b, "  %s: %s\n", p.Severity, p.Rule)
	}
	return b.String()
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
		if e.IsDir() && !known[e.Name()] && !strings.HasPrefix(e.Name(), "guide-") {
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

// build returns the plan for answers without errors.
func build(t *testing.T, c *answers.Catalog, a *answers.Answers) *plan.Plan {
	t.Helper()
	p, problems := plan.Build(c, a, "answers.yaml")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return p
}

// check compares all that a plan leads to: the files, and for each environment the resolution and the remarks.
func check(t *testing.T, folder *golden.Folder, p *plan.Plan) {
	t.Helper()
	for name, data := range made(t, p) {
		folder.Check(name, data)
	}
}

// made returns every file of a plan, what the chart makes of it, and its problems and steps, by name.
func made(t *testing.T, p *plan.Plan) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, f := range p.Files() {
		out[f.Name] = f.Data
	}
	for _, env := range p.Environments {
		name := strings.NewReplacer("values", "resolve", ".yaml", ".json").Replace(env.FileName("values"))
		out[name] = resolved(t, env)
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

// resolved returns what resolve -o json prints for the values of an environment.
func resolved(t *testing.T, e *plan.Environment) []byte {
	t.Helper()
	loaded, err := values.Load(values.Source{Name: e.FileName("values"), Data: e.Values})
	if err != nil {
		t.Fatal(err)
	}
	out := struct {
		*chart.Resolution
		Problems model.Problems `json:"problems"`
	}{e.Resolution, lint.Problems(e.Profile, loaded, e.Resolution)}
	if out.Problems == nil {
		out.Problems = model.Problems{}
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
