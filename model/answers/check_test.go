package answers_test

import (
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
)

// given are answers from path, value, path, value …
func given(pairs ...string) *answers.Answers {
	a := answers.New()
	for i := 0; i < len(pairs); i += 2 {
		a.Set(pairs[i], pairs[i+1])
	}
	return a
}

func azure(pairs ...string) *answers.Answers {
	return given(append([]string{"registry.provider", "acr", "registry.name", "myacr"}, pairs...)...)
}

func TestCheck(t *testing.T) {
	const digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	for _, tt := range []struct {
		name    string
		answers *answers.Answers
		path    string // of the problem; "" is none
		says    string
	}{
		{"enough", azure(), "", ""},
		{"nothing", given(), "registry.provider", "is missing: one of acr"},
		{"provider misspelt", given("registry.provider", "jforg"), "registry.provider", "did you mean jfrog"},
		{"provider by another name", given("registry.provider", "azure"), "registry.provider", "did you mean acr"},
		{"field missing", given("registry.provider", "ecr", "registry.region", "us-east-1"), "registry.account", "123456789012"},
		{"field wrong", given("registry.provider", "ecr", "registry.region", "us-east1", "registry.account", "123456789012"), "registry.region", "us-east-1"},
		{"field of another provider", azure("registry.project", "x"), "registry.project", "acr has no field project"},
		{"field misspelt", azure("registry.nmae", "x"), "registry.nmae", "did you mean name"},
		{"key misspelt", azure("pullSecrets.name", "x"), "pullSecrets.name", "did you mean pullSecret"},
		{"group misspelt", azure("regsitry.name", "x"), "regsitry.name", "did you mean registry"},
		{"group alone", azure("pullsecret", "x"), "pullsecret", "did you mean pullSecret"},
		{"empty group misspelt", azure("environment", ""), "environment", "did you mean environments"},
		{"version misspelt", azure("verison", "1"), "verison", "did you mean version"},
		{"key unknown", azure("colour", "red"), "colour", "known are chart"},
		{"component unknown", azure("components.serve.tag", "1"), "components.serve.tag", "components.server"},
		{"repository for both", azure("repository", "a/b"), "repository", "is not known"},
		{"chart", azure("chart", "9.9"), "chart", "is not one of"},
		{"chart in full", azure("chart", "2.8.0"), "", ""},
		{"pattern", azure("pattern", "globl"), "pattern", "did you mean global"},
		{"tag", azure("tag", digest), "tag", "a digest alone is not valid"},
		{"tag with digest", azure("tag", "5.2.42@"+digest), "", ""},
		{"policy", azure("pullPolicy", "always"), "pullPolicy", "did you mean Always"},
		{"image", azure("components.server.repository", "Conductor/server"), "components.server.repository", "lower case"},
		{"secret name", azure("pullSecret.name", "My_Secret"), "pullSecret.name", "lower-case letters"},
		{"secret that YAML retypes", azure("pullSecret.name", "1e3"), "pullSecret.name", "number"},
		{"secret that YAML 1.1 retypes", azure("pullSecret.name", "on"), "pullSecret.name", "boolean"},
		{"the chart's own secret", azure("pullSecret.name", "orkesregistry"), "pullSecret.name", "the chart creates itself"},
		{"namespace", azure("pullSecret.namespace", "a.b"), "pullSecret.namespace", "for example conductor"},
		{"user name", azure("pullSecret.username", "a:b"), "pullSecret.username", "colon"},
		{"environment's name", azure("environments.Dev.tag", "1"), "environments.Dev", "lower-case"},
		{"environment's key", azure("environments.dev.colour", "red"), "environments.dev.colour", "is not known"},
		{"environment's field", azure("environments.dev.registry.name", "x"), "environments.dev.registry.name", "5 to 50"},
		{"environment's provider without its fields", azure("environments.dev.registry.provider", "harbor"), "environments.dev.registry.host", "harbor.example.com"},
		{"component's provider without its fields", azure("components.workers.registry.provider", "quay"), "components.workers.registry.namespace", "myorg"},
		{"field only in environments", given("registry.provider", "jfrog", "registry.company", "c", "environments.dev.registry.repository", "d"), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			problems := presetstest.Catalog(t).Check(tt.answers, "answers.yaml")
			if tt.path == "" {
				if len(problems) > 0 {
					t.Fatal(problems)
				}
				return
			}
			for _, p := range problems {
				if p.Path == tt.path && strings.Contains(p.Summary, tt.says) {
					return
				}
			}
			t.Errorf("got %v, want %s: …%s…", problems, tt.path, tt.says)
		})
	}
}

func TestCheckListsEverythingAtOnce(t *testing.T) {
	problems := presetstest.Catalog(t).Check(given("registry.provider", "ecr", "tag", "a b", "pullPolicy", "x", "colour", "red"), "")
	var paths []string
	for _, p := range problems {
		paths = append(paths, p.Path)
	}
	slices.Sort(paths)
	if want := []string{"colour", "pullPolicy", "registry.account", "registry.region", "tag"}; !slices.Equal(paths, want) {
		t.Errorf("problems at %q, want %q", paths, want)
	}
}

func TestProblemsNameFileAndLine(t *testing.T) {
	a, shape := answers.Decode("a.yaml", []byte("version: 1\nregistry:\n  provider: acr\n  nmae: x\n"))
	if len(shape) > 0 {
		t.Fatal(shape)
	}
	for _, p := range presetstest.Catalog(t).Check(a, "a.yaml") {
		if p.Path == "registry.nmae" && p.File == "a.yaml" && p.Line == 4 {
			return
		}
	}
	t.Error("no problem at a.yaml:4")
}

func TestNormalise(t *testing.T) {
	c := presetstest.Catalog(t)
	for _, tt := range []struct {
		name  string
		given *answers.Answers
		want  map[string]string
		notes string // "" is nothing
	}{
		{"nothing to do", azure(), map[string]string{"registry.name": "myacr"}, ""},
		{"an address for a name", given("registry.provider", "acr", "registry.name", "https://MyACR.azurecr.us/"),
			map[string]string{"registry.name": "myacr", "registry.cloud": "us-gov"}, "removed https://"},
		{"a host with scheme and path", given("registry.provider", "generic", "registry.host", "https://R.example.com/team/"),
			map[string]string{"registry.host": "r.example.com", "registry.path": "team"}, "changed to lower case"},
		{"in an environment", given("registry.provider", "ghcr", "registry.owner", "me", "environments.dev.registry.owner", "MyOrg"),
			map[string]string{"registry.owner": "me", "environments.dev.registry.owner": "myorg"}, "changed to lower case"},
		{"against another answer", azure("registry.name", "myacr.azurecr.us", "registry.cloud", "public"),
			map[string]string{"registry.name": "myacr.azurecr.us"}, ""},
		{"past mending", azure("registry.name", "no name"), map[string]string{"registry.name": "no name"}, ""},
	} {
		got, notes := c.Normalise(tt.given, "a.yaml")
		for path, want := range tt.want {
			if got.Get(path) != want {
				t.Errorf("%s: %s = %q, want %q", tt.name, path, got.Get(path), want)
			}
		}
		if (tt.notes == "") != (len(notes) == 0) || !strings.Contains(notes.Error(), tt.notes) {
			t.Errorf("%s: reported %q, want %q", tt.name, notes, tt.notes)
		}
	}
}
