package golden_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
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
			check(t, folder, presetstest.Plan(t, c, a))
		})
	}
}

// wholePreset is the preset whose combinations have a folder each, as an example of all others.
const wholePreset = "acr"

// TestPresetsAndPatterns holds what every preset gives in every pattern of every chart, from the preset's first example:
// one table for all, and a folder for each combination of one preset.
func TestPresetsAndPatterns(t *testing.T) {
	c := presetstest.Catalog(t)
	var table strings.Builder
	for _, s := range presetstest.Scenarios(t, c) {
		t.Run(s.Name, func(t *testing.T) {
			p := presetstest.Plan(t, c, s.Answers)
			table.WriteString(s.Name + "\n" + rows(p.Environments[0]))
			if s.Preset == wholePreset {
				folder := golden.Open(t, "scenarios/"+s.Name)
				folder.Check("answers.yaml", p.Answers.Encode())
				check(t, folder, p)
			}
		})
	}
	golden.File(t, "scenarios/presets.txt", []byte(table.String()))
}

// rows returns what an environment writes and gives the pods: a line for each component, for the keys of values.yaml,
// for the pull secret, and for each remark.
func rows(e *plan.Environment) string {
	var b strings.Builder
	for _, c := range e.Components {
		got := e.Resolution.Components[c.Name]
		fmt.Fprintf(&b, "  %s: %s, %v, pull secrets %v\n", c.Name, got.Image, got.PullPolicy, got.PullSecrets)
	}
	var keys []string
	for _, w := range e.KeyValues {
		keys = append(keys, w.Path)
	}
	fmt.Fprintf(&b, "  values: %s\n", strings.Join(keys, " "))
	for _, login := range e.Secret.Logins {
		fmt.Fprintf(&b, "  secret: %s %q, password from %s, for %s\n", cmp.Or(e.Secret.Script, e.Secret.Method),
			e.Secret.Name, login.From, login.AuthKey)
	}
	for _, p := range e.Problems {
		fmt.Fprintf(&b, "  %s: %s\n", p.Severity, p.Rule)
	}
	return b.String()
}

// TestNoScenarioIsStale wants every folder of scenarios to belong to a test.
func TestNoScenarioIsStale(t *testing.T) {
	known := map[string]bool{}
	for _, s := range presetstest.Scenarios(t, presetstest.Catalog(t)) {
		known[s.Name] = s.Preset == wholePreset
	}
	entries, err := os.ReadDir("scenarios")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !known[e.Name()] && !strings.HasPrefix(e.Name(), "guide-") {
			t.Errorf("scenarios/%s is stale: no test holds it", e.Name())
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
			"colours", "mirror", "svg",
		}, e.Name()) {
			t.Errorf("golden/%s is stale: no test asks for it", e.Name())
		}
	}
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
