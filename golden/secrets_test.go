package golden_test

import (
	"os"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
	"conductor-registry/presets/presetstest"
)

// secretFiles are what the forms are kept as here.
var secretFiles = map[string]string{
	"oneline": "oneline.sh", "powershell": "pull-secret.ps1", "manifest": "manifest.yaml",
	"external-secret": "external-secret.yaml", "sealed-secret": "sealed-secret.sh", "sops": "sops-secret.sh",
}

// secretCases are requests by the name of their folder: each preset's own first example, and what only some forms take.
func secretCases(t *testing.T) map[string]secret.Request {
	t.Helper()
	c := presetstest.Catalog(t)
	all, err := c.Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	request := func(set map[string]string) secret.Request {
		a := answers.New()
		for path, value := range set {
			a.Set(path, value)
		}
		p, problems := plan.Build(c, a, "answers.yaml")
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return p.Environments[0].Request()
	}
	cases := map[string]secret.Request{}
	for _, preset := range all {
		set := map[string]string{"registry.provider": preset.ID}
		for field, value := range preset.Examples[0].Fields {
			set["registry."+field] = value
		}
		if !preset.Login.None {
			cases[preset.ID] = request(set)
		}
	}
	two := request(map[string]string{
		"registry.provider": "ecr", "registry.account": "123456789012", "registry.region": "us-east-1",
		"components.workers.registry.provider": "harbor", "components.workers.registry.host": "harbor.example.com",
		"components.workers.registry.project": "conductor",
	})
	two.Namespaces = []string{"conductor", "staging"}
	cases["two-registries-two-namespaces"] = two
	docker, err := two.FromDockerConfig()
	if err != nil {
		t.Fatal(err)
	}
	cases["from-docker-config"] = docker
	return cases
}

// TestSecrets holds every form of the secret for every preset. What a script is, the scenarios hold; it is here only
// where they have none.
func TestSecrets(t *testing.T) {
	for name, request := range secretCases(t) {
		t.Run(name, func(t *testing.T) {
			folder := golden.Open(t, "secrets/"+name)
			for _, f := range secret.Formats() {
				file := secretFiles[f.ID]
				if f.ID == "script" && len(request.Namespaces) > 1 {
					file = "pull-secret.sh"
				}
				if file == "" {
					continue
				}
				text, err := f.Text(request)
				if err != nil {
					file, text = file+".refused.txt", err.Error()+"\n"
				}
				folder.Check(file, []byte(text))
			}
		})
	}
}

// TestNoSecretIsStale wants every folder of secrets to belong to a case, and every form to be held.
func TestNoSecretIsStale(t *testing.T) {
	entries, err := os.ReadDir("secrets")
	if err != nil {
		t.Fatal(err)
	}
	cases := secretCases(t)
	for _, e := range entries {
		if _, ok := cases[e.Name()]; !ok {
			t.Errorf("secrets/%s is stale: no preset has that name", e.Name())
		}
	}
	for _, f := range secret.Formats() {
		if f.ID != "script" && secretFiles[f.ID] == "" {
			t.Errorf("no golden file holds the form %s", f.ID)
		}
	}
}
