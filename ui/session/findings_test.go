package session_test

import (
	"os"
	"path/filepath"
	"testing"

	"conductor-registry/model/convert"
	"conductor-registry/model/lint"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/session"
)

// edited returns a draft that edits a values file in place; nil when the file cannot be opened.
func edited(t *testing.T, text string) *session.Draft {
	t.Helper()
	file, err := values.Parse(values.Source{Name: "values.yaml", Data: []byte(text)})
	if err != nil {
		return nil
	}
	r := convert.Adopt(presetstest.Catalog(t), file, nil)
	if r.Answers == nil {
		return nil
	}
	return session.New(presetstest.Catalog(t), r.Answers, session.Sources{Problems: r.Problems, Unread: r.Unread,
		Opened: plan.Base{Name: "values.yaml", Data: []byte(text), Into: "values.yaml"}})
}

// Every finding that lint --fix corrects is corrected by writing the file, by a fix, or by the answer to a question.
func TestEveryFixableFindingIsFixed(t *testing.T) {
	files, _ := filepath.Glob("../../model/lint/testdata/*/*.yaml")
	fixed := map[string]bool{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d := edited(t, string(data))
		if d == nil {
			continue
		}
		for range 20 {
			left, corrected := d.Findings(d.Preview())
			for _, f := range corrected {
				fixed[f.Rule] = true
			}
			next := fixable(left)
			if next == nil {
				break
			}
			if !d.Fix(d.Preview(), *next) {
				if next.Question == "" {
					t.Errorf("%s: %s at %s has neither a fix nor a question", name, next.Rule, next.Path)
				}
				break
			}
			fixed[next.Rule] = true
		}
	}
	for _, rule := range lint.Rules() {
		if rule.Fixable && !fixed[rule.ID] {
			t.Errorf("%s: no file shows that it is fixed", rule.ID)
		}
	}
}

func fixable(findings []session.Finding) *session.Finding {
	for i, f := range findings {
		if f.Fixable {
			return &findings[i]
		}
	}
	return nil
}

// A key leads to the question that it is written for, also one of another chart.
func TestAKeyLeadsToItsQuestion(t *testing.T) {
	d := edited(t, "global: {image: {registry: quay.io/o}}\nserver: {image: {repository: s}}\nworkers: {image: {repository: w}}\n")
	for key, want := range map[string]string{
		"global.image.registry": "registry.provider", "global.image.tag": "tag", "server.image.repository": "components.server.repository",
		"existingImagePullSecret": "pullSecret.method", "image.tag": "tag", "workerImage.tag": "tag",
		"global.image": "registry.provider", "imageCredentials.password": "pullSecret.method", "postgres.host": "",
	} {
		if got := d.QuestionOf(d.Preview().Environments[0].Profile, key); got != want {
			t.Errorf("%s leads to %q, want %q", key, got, want)
		}
	}
}
