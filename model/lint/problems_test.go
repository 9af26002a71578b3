package lint_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"conductor-registry/model"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// problemsOf returns the problems of values.yaml with that text.
func problemsOf(t *testing.T, version, text string) model.Problems {
	t.Helper()
	in := input(t, "values.yaml", []byte("# chart "+version+"\n"))
	v, err := values.Load(values.Source{Name: "values.yaml", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return lint.Problems(in.Profile, v, in.Profile.Resolve(v))
}

func TestProblems(t *testing.T) {
	for _, tt := range []struct {
		name, values, rule string
		severity           model.Severity
		path               string
		line               int
		text               string // in summary, why or fix
	}{
		{"digest as tag", "global:\n  image:\n    tag: 'sha256:ab'", "image-unparsable", model.Error, "global.image.tag", 3, "5.2.42@sha256"},
		{"slash", "global:\n  image:\n    registry: r.io/", "image-unparsable", model.Error, "global.image.registry", 3, `write "r.io"`},
		{"scheme", "server:\n  image: {registry: 'https://r.io'}", "image-unparsable", model.Error, "server.image.registry", 2, `write "r.io"`},
		{"tag in path", "server:\n  image:\n    repository: a/b:1", "image-unparsable", model.Error, "server.image.repository", 3, "set the tag key to"},
		{"credentials", "global:\n  image:\n    registry: 'u:p@r.io/a'", "image-unparsable", model.Error, "global.image.registry", 3, "has no credentials"},
		{"retyped name", "\nexistingImagePullSecret: '1e3'", "secret-name-retyped", model.Error, "existingImagePullSecret", 2, "number 1000"},
		{"bad name", "existingImagePullSecret: My_Secret", "secret-name-invalid", model.Error, "existingImagePullSecret", 1, "lower-case"},
		{"twin", "customImagePullSecrets:\n  enabled: true\n  name: orkesregistry", "secret-made-twice", model.Error, "customImagePullSecrets.name", 3, "orkesregistry"},
		{"policy", "server: {image: {pullPolicy: always}}", "pull-policy-invalid", model.Error, "server.image.pullPolicy", 1, "write Always"},
		{"shadow", "global:\n  image:\n    pullPolicy: Always", "shadowed-by-default", model.Warning, "global.image.pullPolicy", 3,
			"set server.image.pullPolicy and workers.image.pullPolicy to Always"},
		{"other chart's repository", "image:\n  repository: a/b", "shadowed-by-default", model.Warning, "image.repository", 2, "server.image.repository"},
		{"guide's method 1", "global:\n  image:\n    pullSecrets:\n      - name: a", "pull-secrets-ignored", model.Warning, "global.image.pullSecrets", 3, "existingImagePullSecret"},
		{"component's secrets", "workers: {image: {pullSecrets: [{name: a}]}}", "pull-secrets-ignored", model.Warning, "workers.image.pullSecrets", 1, "workers.image.pullSecrets"},
		{"credentials off", "imageCredentials: {enabled: false}", "image-credentials-always-on", model.Warning, "imageCredentials.enabled", 1, "orkesregistry"},
		{"3.0's tag", "image: {tag: '1'}", "other-chart-key", model.Warning, "image.tag", 1, "global.image.tag"},
		{"2.7's tag", "workerImage: {tag: '1'}", "other-chart-key", model.Warning, "workerImage.tag", 1, "workers.image.tag"},
		{"3.0's name", "image: {conductorImageName: a}", "other-chart-key", model.Warning, "image.conductorImageName", 1, "server.image.repository"},
		{"3.0's workers", "image: {workersImageName: a}", "other-chart-key", model.Warning, "image.workersImageName", 1, "workers.image.repository"},
		{"3.0's secret", "image: {repositorySecretName: a}", "pull-secrets-ignored", model.Warning, "image.repositorySecretName", 1, "existingImagePullSecret"},
		{"a trap in refused values", "{server: x, image: {tag: '1'}}", "other-chart-key", model.Warning, "image.tag", 1, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			problems := problemsOf(t, "2.8", tt.values)
			for _, got := range problems {
				if got.Rule == tt.rule && got.Severity == tt.severity && got.Path == tt.path {
					if got.File != "values.yaml" || got.Line != tt.line || !strings.Contains(got.Summary+got.Why+got.Fix, tt.text) {
						t.Errorf("got %+v, want line %d and %q", got, tt.line, tt.text)
					}
					if got.Why == "" || got.Fix == "" {
						t.Errorf("%s must say why and how to fix it", got.Rule)
					}
					return
				}
			}
			t.Errorf("got %v, want %s at %s", problems, tt.rule, tt.path)
		})
	}
}

// Invalid images come first, then hidden keys, then keys that are not read, in the order of the chart's profile.
func TestProblemsAreSortedByCause(t *testing.T) {
	text := "image: {conductorImageName: a, tag: '1'}\nimageCredentials: {enabled: true}\n" +
		"global: {image: {pullPolicy: Always}}\nserver: {image: {repository: A}}\n"
	var got []string
	for _, p := range problemsOf(t, "2.8", text) {
		got = append(got, p.Path)
	}
	want := []string{"server.image.repository", "global.image.pullPolicy", "imageCredentials.enabled", "image.tag",
		"image.conductorImageName"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Values that work as intended have no problems.
func TestNoProblems(t *testing.T) {
	for _, values := range []string{
		"",
		"{global: {image: {pullSecrets: [{name: a}]}}, existingImagePullSecret: a}",
		"global: {image: {pullPolicy: IfNotPresent, pullSecrets: []}}",
		"{global: {image: {pullPolicy: Always}}, server: {image: {pullPolicy: ''}}, workers: {image: {pullPolicy: Always}}}",
		"global: {image: {tag: '5.2.42@sha256:" + strings.Repeat("a", 64) + "'}}",
		"{server: {image: {pullPolicy: null}}, existingImagePullSecret: 1.2.3}",
	} {
		if got := problemsOf(t, "2.8", values); len(got) > 0 {
			t.Errorf("%s: got %v", values, got)
		}
	}
}

// TestOneShadow: only the components that hide the global policy are named.
func TestOneShadow(t *testing.T) {
	got := problemsOf(t, "2.8", "{global: {image: {pullPolicy: Always}}, server: {image: {pullPolicy: Always}}}")
	if len(got) != 1 || got[0].Fix != "set workers.image.pullPolicy to Always" {
		t.Errorf("got %v", got)
	}
}

// A registry or repository written as the fix says breaks no rule, wherever the fix is shown.
func TestFixedNamesBreakNoRule(t *testing.T) {
	advice := regexp.MustCompile(`"[^"]+"`)
	for _, key := range []string{"registry", "repository"} {
		for _, text := range []string{
			"https://X.io/", "http://r.io//MyOrg/", "X.io/", "/a/B/", "r.io/x:V1", "https://R.io/a@sha256:ab", " r.io/a ", "MyOrg/a",
		} {
			values := func(text string) string { return "server:\n  image:\n    " + key + ": " + text + "\n" }
			for name, findings := range map[string][]model.Problem{
				"Problems": problemsOf(t, "2.8", values(strconv.Quote(text))),
				"Check":    problemsIn(find(t, input(t, "values.yaml", []byte(values(strconv.Quote(text)))))),
			} {
				at := slices.IndexFunc(findings, func(p model.Problem) bool { return p.Path == "server.image."+key })
				if at < 0 {
					if name == "Check" {
						t.Errorf("%s %q: nothing found", key, text)
					}
					continue
				}
				fix := advice.FindString(findings[at].Fix)
				if fix == "" {
					t.Errorf("%s %q: the fix is %q", key, text, findings[at].Fix)
					continue
				}
				for _, f := range find(t, input(t, "values.yaml", []byte(values(fix)))) {
					if f.Path == "server.image."+key {
						t.Errorf("%s of %s %q: %s leads to %s", name, key, text, findings[at].Fix, f.Problem)
					}
				}
			}
		}
	}
}

func problemsIn(findings []lint.Finding) []model.Problem {
	var out []model.Problem
	for _, f := range findings {
		out = append(out, f.Problem)
	}
	return out
}
