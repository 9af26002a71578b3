package golden_test

import (
	"os"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
	"conductor-registry/presets/presetstest"
)

// secretFiles names the file of each form.
var secretFiles = map[string]string{
	"script": "pull-secret.sh", "oneline": "oneline.sh", "powershell": "pull-secret.ps1", "manifest": "manifest.yaml",
	"external-secret": "external-secret.yaml", "sealed-secret": "sealed-secret.sh", "sops": "sops-secret.sh",
}

// presetSecrets returns the request of each preset's first example.
func presetSecrets(t *testing.T) map[string]secret.Request {
	t.Helper()
	c := presetstest.Catalog(t)
	presets, err := c.Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	requests := map[string]secret.Request{}
	for _, preset := range presets {
		set := map[string]string{"registry.provider": preset.ID}
		for field, value := range preset.Examples[0].Fields {
			set["registry."+field] = value
		}
		if !preset.Login.None {
			requests[preset.ID] = planned(t, c, set)
		}
	}
	return requests
}

func planned(t *testing.T, c *answers.Catalog, set map[string]string) secret.Request {
	t.Helper()
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

// secretKinds returns one request for each kind of credentials and each method, by the name of its folder.
func secretKinds(t *testing.T) map[string]secret.Request {
	t.Helper()
	presets := presetSecrets(t)
	two := planned(t, presetstest.Catalog(t), map[string]string{
		"registry.provider": "ecr", "registry.account": "123456789012", "registry.region": "us-east-1",
		"components.workers.registry.provider": "harbor", "components.workers.registry.host": "harbor.example.com",
		"components.workers.registry.project": "conductor",
	})
	two.Namespaces = []string{"conductor", "staging"}
	docker, err := presets["acr"].FromDockerConfig()
	if err != nil {
		t.Fatal(err)
	}
	imageCredentials, custom := presets["acr"], presets["gar"]
	imageCredentials.Method, custom.Method = secret.ImageCredentials, secret.CustomImagePullSecrets
	return map[string]secret.Request{
		"asked": presets["acr"], "optional": presets["dockerhub"], "command": presets["ecr"], "key-file": presets["gar"],
		"two-registries-two-namespaces": two, "from-docker-config": docker,
		"image-credentials": imageCredentials, "custom-image-pull-secrets": custom,
	}
}

// TestSecrets holds every form for each kind of credentials. A refused form is held once, as its error.
func TestSecrets(t *testing.T) {
	for name, request := range secretKinds(t) {
		t.Run(name, func(t *testing.T) {
			folder := golden.Open(t, "secrets/"+name)
			for _, f := range secret.Formats() {
				file := secretFiles[f.ID]
				if file == "" {
					t.Fatalf("no golden file holds the form %s", f.ID)
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

// TestExternalSecrets holds what External Secrets generates for each registry that has a generator, and for one without:
// the facts of its preset.
func TestExternalSecrets(t *testing.T) {
	folder := golden.Open(t, "secrets/external-secrets")
	c := presetstest.Catalog(t)
	for id, request := range presetSecrets(t) {
		if p, _ := c.Registries.Preset(id); p.Login.Generator.Kind == "" && id != "generic" {
			continue
		}
		text, err := secret.ExternalSecret(request)
		if err != nil {
			t.Fatal(err)
		}
		folder.Check(id+".yaml", []byte(text))
	}
}

// A script for one registry has at most 60 lines, whatever the registry and the method.
func TestScriptsAreShort(t *testing.T) {
	for id, request := range presetSecrets(t) {
		docker, err := request.FromDockerConfig()
		if err != nil {
			t.Fatal(err)
		}
		imageCredentials, custom := request, request
		imageCredentials.Method, custom.Method = secret.ImageCredentials, secret.CustomImagePullSecrets
		for _, r := range []secret.Request{request, docker, imageCredentials, custom} {
			text, err := secret.Script(r)
			if lines := strings.Count(text, "\n"); err != nil || lines > 60 {
				t.Errorf("%s with %s: %d lines, %v", id, r.Method, lines, err)
			}
		}
	}
}

// TestNoSecretIsStale wants every folder of secrets to belong to a test.
func TestNoSecretIsStale(t *testing.T) {
	entries, err := os.ReadDir("secrets")
	if err != nil {
		t.Fatal(err)
	}
	kinds := secretKinds(t)
	for _, e := range entries {
		if _, ok := kinds[e.Name()]; !ok && e.Name() != "external-secrets" {
			t.Errorf("secrets/%s is stale: no test holds it", e.Name())
		}
	}
}
