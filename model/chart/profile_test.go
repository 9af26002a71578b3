package chart

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

func TestCondition(t *testing.T) {
	values := map[string]any{"on": true, "off": false, "text": "true", "table": map[string]any{"n": 1.0}}
	for condition, want := range map[Condition]bool{
		"on": true, "off": false, "none": false, "!none": true, "!on": false, "table.n": true, "table.x": false, "on.deeper": false,
		"text=true": true, "on=true": true, "off=false": true, "none=<no value>": false, "!off=false": false,
		"none or on": true, "none or off": false, "none or !off": true,
	} {
		if got := condition.holds(values); got != want {
			t.Errorf("%s is %v", condition, got)
		}
	}
}

func TestProfileErrorsNameTheLine(t *testing.T) {
	p := new(Profile)
	if err := yaml.Unmarshal([]byte("id: x\nrules: |\n  defaults: {}\n  stepz: []\n"), p); err != nil {
		t.Fatal(err)
	}
	if err := p.Check(); err == nil || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("got %v, want line 4", err)
	}
	if r := p.Resolve(load(t, "")); r.Error == nil {
		t.Error("a broken profile resolves nothing")
	}
	if err := yaml.Unmarshal([]byte("components:\n  - registry: {paths: [a, b]}\n"), new(Profile)); err == nil ||
		!strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v, want line 2", err)
	}
}

// TestContentStep: text that is not blank or a table of one entry.
func TestContentStep(t *testing.T) {
	step := Step{Content: "a", Message: "needed"}
	for values, want := range map[string]bool{
		"a: x": true, "a: {b: c}": true, "a: ' '": false, "a: {}": false, "a: {b: 1, c: 2}": false, "a: 5": false, "": false,
	} {
		if refusal := step.run(tree(t, values)); (refusal == nil) != want {
			t.Errorf("%s: got %v", values, refusal)
		}
	}
}

func TestTextInAChain(t *testing.T) {
	chain := Chain{Paths: Paths{"tag"}, Else: "1", Text: true}
	if _, err := chain.pick(tree(t, "tag: 5.2")); err == nil || !strings.Contains(err.Error(), "expected string; got float64") {
		t.Errorf("got %v", err)
	}
	if got, err := chain.pick(tree(t, "tag: 0")); err != nil || got.value != "1" {
		t.Errorf("an empty number falls through: got %v, %v", got, err)
	}
}

func TestOptionsOf28(t *testing.T) {
	p := profile(t, "2.8")
	for _, o := range slices.Concat(p.Patterns, p.Methods) {
		if utf8.RuneCountInString(o.Title) >= 28 || utf8.RuneCountInString(o.Summary) >= 70 || o.Title == "" || o.Summary == "" {
			t.Errorf("%s: %q and %q must fit their places", o.ID, o.Title, o.Summary)
		}
	}
	if p.Pattern("full-name").ID == "" || p.Method("none").Note == "" || p.Method("nonsense").ID != "" {
		t.Error("options are found by id")
	}
	for method, want := range map[string]bool{"global": true, "existing": true, "customImagePullSecrets": true, "imageCredentials": false, "none": false} {
		if p.Writes("secret.name", method) != want {
			t.Errorf("method %s: writes a name is %v", method, !want)
		}
	}
}

// TestSettingsOf28: what a pattern writes is what the chart reads, in the guide's order.
func TestSettingsOf28(t *testing.T) {
	p := profile(t, "2.8")
	for _, tt := range []struct{ pattern, method, want string }{
		{"global", "none", "global.image.registry global.image.tag global.image.pullPolicy server.image.registry server.image.repository " +
			"server.image.tag server.image.pullPolicy workers.image.registry workers.image.repository workers.image.tag workers.image.pullPolicy"},
		{"full-name", "global", "global.image.tag global.image.pullPolicy global.image.pullSecrets server.image.repository server.image.tag " +
			"server.image.pullPolicy workers.image.repository workers.image.tag workers.image.pullPolicy existingImagePullSecret"},
		{"per-component", "customImagePullSecrets", "global.image.tag global.image.pullPolicy server.image.registry server.image.repository " +
			"server.image.tag server.image.pullPolicy workers.image.registry workers.image.repository workers.image.tag workers.image.pullPolicy " +
			"customImagePullSecrets.enabled customImagePullSecrets.name"},
	} {
		var got []string
		for _, s := range p.Settings {
			if s.Applies(tt.pattern, tt.method) {
				got = append(got, s.Path)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s, %s: got %q", tt.pattern, tt.method, got)
		}
	}
}

func tree(t *testing.T, text string) map[string]any {
	t.Helper()
	return load(t, text).Tree()
}
