package convert_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// Real values files: their answers, what is reported, what writing these answers into the file changes, and what one
// other answer changes.
func TestAdoptAndMergeAgain(t *testing.T) {
	inputs, _ := filepath.Glob("testdata/adopt/*.yaml")
	folder := golden.Open(t, "testdata/adopt")
	for _, path := range inputs {
		data := folder.Input(filepath.Base(path))
		r := adopted(t, presetstest.Catalog(t), data)
		if r.Answers == nil {
			t.Fatalf("%s: %v", path, r.Problems)
		}
		tag := r.Answers.Clone()
		tag.Set("tag", "5.2.50")
		folder.Check(strings.TrimSuffix(filepath.Base(path), ".yaml")+".txt", []byte(
			string(r.Answers.Encode())+"\n"+problemText(r.Problems)+
				"\n--- the same answers\n"+merged(t, r.Answers, data)+"\n--- another tag\n"+merged(t, tag, data)))
	}
}

// merged returns what answers change in a file, or the problems.
func merged(t *testing.T, a *answers.Answers, data []byte) string {
	t.Helper()
	p, problems := plan.BuildOnto(presetstest.Catalog(t), a, "", plan.Bases{"": {Name: "values.yaml", Data: data}})
	if len(problems) > 0 {
		return problemText(problems)
	}
	return udiff.Unified("values.yaml", "values.yaml", string(data), string(p.Environments[0].Values))
}

// Windows line ends, and a missing one at the end, are kept.
func TestMergeKeepsLineEnds(t *testing.T) {
	data, err := os.ReadFile("testdata/adopt/comments.yaml")
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.TrimRight(bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")), "\r\n")
	r := adopted(t, presetstest.Catalog(t), data)
	r.Answers.Set("tag", "5.2.50")
	p, problems := plan.BuildOnto(presetstest.Catalog(t), r.Answers, "", plan.Bases{"": {Name: "values.yaml", Data: data}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := bytes.Replace(data, []byte("tag: 5.2.41 #"), []byte("tag: \"5.2.50\" #"), 1)
	if got := p.Environments[0].Values; !bytes.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// The guide's complete production example keeps its databases, vault and resources, byte for byte, whether its own
// answers or those of the scenario are written into it.
func TestMergeIntoTheGuidesProductionExample(t *testing.T) {
	c, data := presetstest.Catalog(t), guideExample(t, "L382")
	text, err := os.ReadFile("../../golden/scenarios/guide-production/answers.yaml")
	if err != nil {
		t.Fatal(err)
	}
	scenario, problems := answers.Decode("answers.yaml", text)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for name, a := range map[string]*answers.Answers{
		"its own answers": adopted(t, c, data).Answers, "the scenario's": scenario,
	} {
		p, problems := plan.BuildOnto(c, a, "", plan.Bases{"": {Name: "values.yaml", Data: data}})
		if len(problems) > 0 {
			t.Fatal(name, problems)
		}
		var changed []string
		for line := range strings.Lines(udiff.Unified("", "", string(data), string(p.Environments[0].Values))) {
			if strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "---") {
				t.Errorf("%s: %q is lost", name, line)
			}
			if strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++") && !strings.Contains(line, "#") {
				changed = append(changed, strings.TrimSpace(line[1:]))
			}
		}
		want := `pullPolicy: "IfNotPresent"|pullPolicy: "IfNotPresent"|existingImagePullSecret: "jfrog-prod-creds"`
		if got := strings.Join(changed, "|"); got != want {
			t.Errorf("%s: got %s", name, got)
		}
		for component, pod := range p.Environments[0].Resolution.Components {
			if want := "mycompany.jfrog.io/docker-prod/orkes/conductor-" + component + ":5.2.42"; pod.Image != want ||
				pod.PullSecrets[0] != "jfrog-prod-creds" {
				t.Errorf("%s: %s gets %s, %v", name, component, pod.Image, pod.PullSecrets)
			}
		}
	}
}

// guideExample returns a values file of the chart's guide.
func guideExample(t *testing.T, id string) []byte {
	t.Helper()
	data, err := os.ReadFile("../chart/testdata/guide-2.8.0.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var c struct{ ID, Values string }
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		if c.ID == id {
			return []byte(c.Values + "\n")
		}
	}
	t.Fatalf("the guide has no example %s", id)
	return nil
}
