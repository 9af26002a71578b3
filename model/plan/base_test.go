package plan_test

import (
	"reflect"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

func onto(t *testing.T, a *answers.Answers, base string) (*plan.Plan, model.Problems) {
	t.Helper()
	return plan.BuildOnto(presetstest.Catalog(t), a, "answers.yaml", plan.Bases{"": {Name: "base.yaml", Data: []byte(base)}})
}

// Whatever answers wrote a file, written over with others it holds what they write into a new one: no key is left from
// before, whether it would go before ours or only be stale.
func TestNothingIsLeftOfFormerAnswers(t *testing.T) {
	var all []*answers.Answers
	for _, profile := range presetstest.Catalog(t).Charts.All() {
		for _, pattern := range profile.Patterns {
			for _, method := range profile.Methods {
				if pattern.Missing != "" || method.Missing != "" {
					continue
				}
				pairs := []string{"chart", profile.ID, "pattern", pattern.ID, "pullSecret.method", method.ID}
				if method.ID == "existing" {
					pairs = append(pairs, "pullSecret.name", "mine")
				}
				all = append(all, azure(pairs...))
				if method.ID == "global" && profile.WritesIn("server.tag", "") {
					all = append(all, azure(quay(append(pairs, "components.server.tag", "5.2.40", "tag", "5.2.41")...)...))
				}
			}
		}
	}
	for _, former := range all {
		for _, now := range all {
			if former.Get("chart") != now.Get("chart") {
				continue
			}
			p, problems := onto(t, now, string(build(t, former).Values))
			if len(problems) > 0 {
				t.Errorf("%s over %s: %v", now.Encode(), former.Encode(), problems)
				continue
			}
			if got, want := keysIn(t, p.Environments[0].Values), keysIn(t, build(t, now).Values); !reflect.DeepEqual(got, want) {
				t.Errorf("%s over %s: got %v, want %v", now.Encode(), former.Encode(), got, want)
			}
		}
	}
	if len(all) < 20 {
		t.Errorf("only %d answers", len(all))
	}
}

func keysIn(t *testing.T, data []byte) map[string]any {
	t.Helper()
	out := map[string]any{}
	if err := yaml.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// What is wrong with a base names it, and no plan comes of it.
func TestBasesThatCannotBe(t *testing.T) {
	for _, tt := range []struct{ base, want string }{
		{"redis: 5\n", "base.yaml: the chart refuses it: "},
		{"a: [\n", "base.yaml:2: did not find expected node content"},
		{"- a\n", "base.yaml:1: the top of a values file is keys and values"},
		{"a: 1\nserver: conductor\n", "base.yaml:2: server.image.repository: cannot set this key safely: its parent is a single value"},
		{"global: {image: &x {tag: 1}}\nworkers: {image: *x}\n", "base.yaml:1: global.image.registry: cannot set this key safely: &x"},
	} {
		p, problems := onto(t, azure(), tt.base)
		if p != nil || !strings.HasPrefix(problems.Error(), tt.want) {
			t.Errorf("%q: got %v, want %s", tt.base, problems, tt.want)
		}
		for _, problem := range problems {
			if problem.Severity != model.Error || problem.File != "base.yaml" || problem.Fix == "" {
				t.Errorf("%q: %+v", tt.base, problem)
			}
		}
	}
}

// Keys that decide instead of ours are ours to write, in every chart: so the promise can only fail by a key that is
// none of them, and that one is named.
func TestABaseThatDefeatsTheAnswers(t *testing.T) {
	c := presetstest.Catalog(t)
	profile := *c.Charts.Default()
	profile.Settings = nil // as if the profile had forgotten the key that goes first
	for _, s := range c.Charts.Default().Settings {
		if s.Path != "server.image.registry" {
			profile.Settings = append(profile.Settings, s)
		}
	}
	c.Charts = c.Charts.With(&profile)
	base := plan.Base{Name: "base.yaml", Data: []byte("server:\n  image:\n    registry: old\n")}
	_, problems := plan.BuildOnto(c, azure(), "", plan.Bases{"": base})
	want := "base.yaml:3: server.image.registry: server would get the image old/orkes-conductor-server:5.2.42, not " +
		"myacr.azurecr.io/orkes-conductor-server:5.2.42; remove this key from the file"
	if problems.Error() != want {
		t.Errorf("got %v, want %s", problems, want)
	}
}

// Answers with a base that nobody read make no plan. The wizard does not ask for it, so a wrong one is reported before.
func TestABaseThatIsNotRead(t *testing.T) {
	a := azure("base", "base.yaml")
	if p, problems := plan.Build(presetstest.Catalog(t), a, ""); p != nil || problems.Error() != "base: base.yaml is not read here; use generate, which reads it" {
		t.Errorf("got %v", problems)
	}
	if problems := presetstest.Catalog(t).Unknown(a, ""); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
	a.Set("base", "/etc/base.yaml")
	if problems := presetstest.Catalog(t).Unknown(a, ""); len(problems) != 1 || problems[0].Path != "base" {
		t.Errorf("got %v", problems)
	}
}

// A hint is needless where the values do it already, the base's as well as those of a file that is written beside.
func TestNoHintWhereTheValuesHaveIt(t *testing.T) {
	for base, want := range map[string]bool{
		"replicas: 1\n": true,
		"fullnameOverride: orkes-conductor-server\n": false,
		"fullnameOverride: \"\"\n":                   true,
	} {
		p, problems := onto(t, azure(), base)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		steps := p.Environments[0].Steps("")
		if note := steps[len(steps)-1].Note; strings.Contains(note, "--set fullnameOverride") != want {
			t.Errorf("%s: the note is %q", base, note)
		}
	}
}
