package chart

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
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
	const head = "id: x\nname: n\nversion: 1.0.0\ncomponents:\n  - {name: server, repository: {paths: [a]}, tag: {paths: [b]}}\n"
	for text, want := range map[string]string{
		"":                           "",
		"defautls: {}\n":             `own.yaml:6: unknown key "defautls"; did you mean "defaults"?`,
		"traps:\n  - {pahts: [a]}\n": `own.yaml:7: unknown key "pahts"; did you mean "paths"?`,
		"steps:\n  - read: a b\n":    `own.yaml:7: got "a b", want a list, such as [a, b]`,
		"schema: [a]\n":              "own.yaml:6: got a list, want a mapping of keys and values",
	} {
		got := ""
		if _, err := DecodeProfile("own.yaml", []byte(head+text)); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
	if _, err := DecodeProfile("own.yaml", []byte("id: x\nname: n\nversion: '1'\n")); err == nil ||
		err.Error() != `own.yaml: missing key "components"` {
		t.Errorf("got %v", err)
	}
}

// A content step accepts text that is not blank, or a table of one entry.
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
	chain := Chain{Paths: []string{"tag"}, Else: "1", Text: true}
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
		if utf8.RuneCountInString(o.Title) >= 40 || utf8.RuneCountInString(o.Summary) >= 76 || o.Title == "" || o.Summary == "" {
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

// Each pattern of chart 2.8 writes keys that the chart reads, in the guide's order.
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
