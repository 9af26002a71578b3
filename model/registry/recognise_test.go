package registry_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/registry"
)

// The image names of every preset's examples are recognised as the same registry, among all presets.
func TestExamplesAreRecognised(t *testing.T) {
	c := catalog(t)
	all, err := c.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, e := range p.Examples {
			found, ok := c.Recognise(registry.Address{Registry: e.Registry, Repository: "orkesio/server"})
			if !ok {
				t.Errorf("%s: %s is not recognised", p.ID, e.Registry)
				continue
			}
			at, wrong := found.Preset.Locate(found.Fields)
			if len(wrong) > 0 || at.Registry() != e.Registry {
				t.Errorf("%s: %s is taken for %s (%v) by %s", p.ID, e.Registry, at.Registry(), wrong, found.Preset.ID)
			}
		}
	}
}

func TestRecognise(t *testing.T) {
	for _, tt := range []struct{ registry, repository, want string }{
		{"myacr.azurecr.io", "conductor/server", "acr name=myacr"},
		{"myacr.azurecr.cn", "server", "acr cloud=china name=myacr"},
		{"myacr-abc123.azurecr.io", "server", "acr host=myacr-abc123.azurecr.io"},
		{"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "server", "ecr account=123456789012 region=cn-north-1"},
		{"123456789012.dkr-ecr.eu-west-1.on.aws", "server", "ecr host=123456789012.dkr-ecr.eu-west-1.on.aws"},
		{"123456789012.dkr.ecr.us-east-1.amazonaws.com", "s", "generic host=123456789012.dkr.ecr.us-east-1.amazonaws.com"},
		{"public.ecr.aws/a1b2c3d4", "server", "ecr-public alias=a1b2c3d4"},
		{"gcr.io/my-project", "server", "gcr project=my-project"},
		{"eu.gcr.io/example.com/my-project", "server", "gcr location=eu project=example.com/my-project"},
		{"gcr.io", "my-project/server", "generic host=gcr.io"}, // that is how the file splits it
		{"europe-docker.pkg.dev/my-project/docker", "server", "gar location=europe project=my-project repository=docker"},
		{"mycompany.jfrog.io/docker-local", "server", "jfrog company=mycompany repository=docker-local"},
		{"mycompany-docker-local.jfrog.io", "server", "jfrog company=mycompany method=subdomain repository=docker-local"},
		{"artifactory.example.com:8876", "server", "jfrog host=artifactory.example.com:8876 method=port"},
		{"harbor.example.com/conductor", "server", "harbor host=harbor.example.com project=conductor"},
		{"harbor.example.com/a/b", "server", "harbor host=harbor.example.com path=b project=a"},
		{"quay.io/myorg", "server", "quay namespace=myorg"},
		{"quay.example.com:8443/myorg", "server", "quay host=quay.example.com:8443 namespace=myorg"},
		{"ghcr.io/myorg", "server", "ghcr owner=myorg"},
		{"containers.github.example.com/myorg", "server", "ghcr host=containers.github.example.com owner=myorg"},
		{"docker.io", "orkesio/server", "dockerhub"},
		{"docker.io", "server", ""},
		{"registry.example.com:5000/team", "server", "generic host=registry.example.com:5000 path=team"},
		{"[2001:db8::1]:5000", "server", "generic host=[2001:db8::1]:5000"},
		{"myregistry", "server", ""},
		{"https://r.io", "server", ""},
		{"R.io", "server", ""},
		{"r.io", "Server", ""},
		{"", "", ""},
	} {
		found, ok := catalog(t).Recognise(registry.Address{Registry: tt.registry, Repository: tt.repository})
		got := ""
		if ok {
			words := []string{found.Preset.ID}
			for _, id := range slices.Sorted(maps.Keys(found.Fields)) {
				words = append(words, id+"="+found.Fields[id])
			}
			got = strings.Join(words, " ")
		}
		if got != tt.want {
			t.Errorf("%s + %s: got %q, want %q", tt.registry, tt.repository, got, tt.want)
		}
	}
}

// Of several ways to split a name, the first that a preset recognises counts.
func TestRecogniseASplit(t *testing.T) {
	found, ok := catalog(t).Recognise(
		registry.Address{Registry: "us-docker.pkg.dev", Repository: "my-project/docker/server"},
		registry.Address{Registry: "us-docker.pkg.dev/my-project", Repository: "docker/server"},
		registry.Address{Registry: "us-docker.pkg.dev/my-project/docker", Repository: "server"})
	if !ok || found.Preset.ID != "gar" || found.Address.Repository != "server" {
		t.Errorf("got %+v", found)
	}
}

func FuzzRecognise(f *testing.F) {
	f.Add("mycompany-docker.jfrog.io/a", "server")
	c := catalog(f)
	f.Fuzz(func(t *testing.T, address, repository string) {
		found, ok := c.Recognise(registry.Address{Registry: address, Repository: repository})
		if !ok {
			return
		}
		if at, wrong := found.Preset.Locate(found.Fields); len(wrong) > 0 || at.Registry() != address {
			t.Errorf("%q became %q, %v", address, at.Registry(), wrong)
		}
	})
}
