package convert_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"conductor-registry/model"
	"conductor-registry/model/convert"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// What no answer can say is told once, at the line of the key that decides it; the rest is answered all the same.
func TestWhatIsTold(t *testing.T) {
	for _, tt := range []struct {
		name, values string
		severity     model.Severity
		rule, says   string
		line         int
		path, answer string // an answer that is given beside
	}{
		{"another split", "global:\n  image:\n    registry: gcr.io\nserver: {image: {repository: my-project/server}}\n",
			model.Info, "registry-taken-as-generic", "gcr.io is Google Container Registry", 3, "registry.provider", "generic"},
		{"a name", "global:\n  image:\n    registry: harbor.example.com/conductor\n",
			model.Info, "registry-guessed", "harbor.example.com is taken for Harbor, by its name", 3, "registry.provider", "harbor"},
		{"no registry", "server:\n  image:\n    repository: https://r.io/s\n",
			model.Warning, "not-adopted", `the image of server, "https://r.io/s:5.2.42", can't be answered`, 3, "tag", "5.2.42"},
		{"a folder of Docker Hub", "global: {image: {registry: myregistry}}\nserver: {image: {repository: a/b}}\n",
			model.Warning, "not-adopted", "the image of server", 1, "chart", "2.8"},
		{"a digest alone", "server:\n  image:\n    tag: sha256:abc\n",
			model.Warning, "not-adopted", `the tag "sha256:abc" of server`, 3, "registry.provider", "dockerhub"},
		{"a policy that does not exist", "image: {conductorImageName: r.io/s, pullPolicy: always}\n",
			model.Warning, "not-adopted", `the pull policy "always"`, 1, "registry.host", "r.io"},
		{"a secret that is not read", "global:\n  image:\n    pullSecrets: [{name: mine}]\n",
			model.Warning, "pull-secret-meant", "names the pull secret mine in a key that chart 2.8 does not read", 3, "pullSecret.method", "global"},
		{"a secret that can't be named", "workerImage: {tag: '1'}\nimage: {repository: r.io/s, tag: '1'}\nexistingImagePullSecret: mine\nredis: {}\n",
			model.Warning, "not-adopted", "which chart 2.7 neither reads there nor can use", 3, "pullSecret.method", "none"},
		{"the chart's own secret", "existingImagePullSecret: orkesregistry\n",
			model.Warning, "not-adopted", "pullSecret.name can't be \"orkesregistry\"", 1, "registry.provider", "dockerhub"},
		{"two registries, one login", "global: {image: {registry: r.io}}\nserver: {image: {repository: s}}\n" +
			"workers: {image: {registry: q.io, repository: w}}\nimageCredentials: {registry: r.io}\n",
			model.Warning, "not-adopted", `pullSecret.method can't be "imageCredentials"`, 4, "components.workers.registry.host", "q.io"},
		{"two charts", "image: {tag: '1'}\n", model.Warning, "chart-assumed", "the keys fit chart 3.0 or 2.7: taken for 3.0", 0, "tag", "1"},
		{"no chart", "redis: {host: r}\n", model.Warning, "chart-assumed", "the keys don't tell which chart the file is for: taken for 2.8", 0, "chart", "2.8"},
		{"a number", "global:\n  image:\n    tag: 5.2\n", model.Info, "key-rewritten", `the answers write this key as "5.2"`, 3, "tag", "5.2"},
		{"part of the values", "global: {image: {registry: r.io}}\nsecurity: {enabled: true}\n",
			model.Info, "values-incomplete", "chart 2.8 does not take this file alone: ", 0, "registry.host", "r.io"},
	} {
		r := adopted(t, presetstest.Catalog(t), "values.yaml", []byte(tt.values), nil)
		var found model.Problems
		for _, p := range r.Problems {
			if p.Rule == tt.rule && strings.Contains(p.Summary, tt.says) {
				found = append(found, p)
			}
		}
		if len(found) != 1 || found[0].Severity != tt.severity || found[0].Line != tt.line || found[0].File != "values.yaml" {
			t.Errorf("%s: want one %s %s with %q in line %d, got\n%s", tt.name, tt.severity, tt.rule, tt.says, tt.line, problemText(r.Problems))
		}
		if got := r.Answers.Get(tt.path); got != tt.answer {
			t.Errorf("%s: %s is %q, want %q", tt.name, tt.path, got, tt.answer)
		}
	}
}

// A registry of a component's own says all that the common one says otherwise.
func TestAnOwnRegistryOfTheSameProvider(t *testing.T) {
	r := adopted(t, presetstest.Catalog(t), "values.yaml", []byte("server: {image: {registry: myacr.azurecr.us, repository: s}}\n"+
		"workers: {image: {registry: other.azurecr.io, repository: w}}\n"), nil)
	if w := warnings(r); len(w) > 0 || r.Answers.Get("components.workers.registry.cloud") != "public" {
		t.Errorf("got %v\n%s", w, r.Answers.Encode())
	}
}

func TestNoAnswers(t *testing.T) {
	r := adopted(t, presetstest.Catalog(t), "values.yaml", []byte("imageCredentials: {registry: 5}\nexistingImagePullSecret: 5\n"), nil)
	if r.Answers != nil || len(r.Problems.Errors()) != 1 || r.Problems[0].Rule != "values-refused" {
		t.Errorf("got %v", r.Problems)
	}
	_, err := convert.Adopt(presetstest.Catalog(t), values.Source{Name: "v.yaml", Data: []byte("a: [")}, nil)
	if _, ok := errors.AsType[*values.ParseError](err); !ok {
		t.Errorf("no YAML: %v", err)
	}
}

// No login of a file is in its answers, or in what is said of it.
func TestAdoptShowsNoLogins(t *testing.T) {
	data, err := os.ReadFile("testdata/convert/two-logins/2.8.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r := adopted(t, presetstest.Catalog(t), "values.yaml", data, nil)
	for _, text := range []string{problemText(r.Problems), string(r.Answers.Encode())} {
		if strings.Contains(text, "s3cret") || strings.Contains(text, "robot") {
			t.Errorf("a login shows:\n%s", text)
		}
	}
}
