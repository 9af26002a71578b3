package registry_test

import (
	"strings"
	"testing"

	"conductor-registry/model"
)

// What is wrong with a host or with a path on it, in whatever place it is named.
func TestCheckName(t *testing.T) {
	for _, tt := range []struct {
		host, path string
		severity   model.Severity // "" for nothing
		says       string
	}{
		{"hub.docker.com", "acme/server", model.Error, "write docker.io"},
		{"dockerhub.io", "acme/server", model.Error, "write docker.io"},
		{"registry-1.docker.io", "acme/server", model.Warning, "write docker.io"},
		{"dokcer.io", "acme/server", model.Warning, "did you mean docker.io"},
		{"docker.io", "acme/team/conductor/server", model.Error, "NAMESPACE/NAME"},
		{"docker.io", "library/server", "", ""},
		{"my_reg.example.com", "server", model.Error, "letters"},
		{"gchr.io", "acme/server", model.Error, "write ghcr.io"},
		{"ghcr.oi", "acme/server", model.Warning, "ghcr.io"},
		{"ghcr.io", "server", model.Error, "owner"},
		{"containers.example.com", "server", "", ""},
		{"us-central-1-docker.pkg.dev", "p/r/i", model.Error, "write us-central1-docker.pkg.dev"},
		{"eu-docker.pkg.dev", "p/r/i", model.Error, "write europe-docker.pkg.dev"},
		{"us-east1-b-docker.pkg.dev", "p/r/i", model.Error, "write us-east1-docker.pkg.dev"},
		{"mars-docker.pkg.dev", "p/r/i", model.Error, "LOCATION-docker.pkg.dev"},
		{"us-docker.pkg.dev", "acme-prod-1/server", model.Error, "PROJECT/REPOSITORY/IMAGE"},
		{"us-docker.pkg.dev", "example.com/acme-prod/server", model.Error, "PROJECT/REPOSITORY/IMAGE"},
		{"us-docker.pkg.dev", "acme-prod-1/gcr.io/server", "", ""},
		{"gcr.io", "server", model.Error, "PROJECT/IMAGE"},
		{"k8s.gcr.io", "pause", "", ""},
		{"1234.dkr.ecr.us-east-1.amazonaws.com", "server", model.Error, "12 digits"},
		{"123456789012.dkr.ecr.us-east1.amazonaws.com", "server", model.Error, "write 123456789012.dkr.ecr.us-east-1.amazonaws.com"},
		{"123456789012.dkr.ecr.us-east-1a.amazonaws.com", "server", model.Error, "write 123456789012.dkr.ecr.us-east-1.amazonaws.com"},
		{"123456789012.ecr.us-east-1.amazonaws.com", "server", model.Error, "write 123456789012.dkr.ecr.us-east-1.amazonaws.com"},
		{"123456789012.dkr.ecr.amazonaws.com", "server", model.Error, "12 digits"},
		{"registry-1.us-east-1.elb.amazonaws.com", "server", "", ""},
		{"myacr.data.azurecr.io", "server", model.Error, "write myacr.azurecr.io"},
		{"myacr.eastus.data.azurecr.io", "server", model.Error, "write myacr.azurecr.io"},
		{"my.acr.azurecr.io", "server", model.Error, "login server"},
		{"myacr.azurcr.io", "server", model.Warning, "myacr.azurecr.io"},
		{"quay.io", "acme/team/server", model.Info, "more than two"},
		{"quay.example.com", "acme/team/server", "", ""},
		{"acme.jfrog.io", "artifactory/docker/server", model.Error, "write acme.jfrog.io/docker/server"},
		{"gallery.ecr.aws", "a1b2c3d4/server", model.Error, "write public.ecr.aws"},
		{"lscr.io", "linuxserver/x", "", ""},
		{"mcr.microsoft.com", "x", "", ""},
		{"myacr.azurecr.io:443", "server", "", ""},
		{"123456789012.dkr.ecr.us-east1.amazonaws.com:443", "server", model.Error, "write 123456789012.dkr.ecr.us-east-1.amazonaws.com"},
		{"myacr.azurecr.io:8443", "server", model.Error, "login server"},
		{"nexus:5000", "", "", ""},
		{"quay.io", "", "", ""},
	} {
		got := catalog(t).CheckName(tt.host, tt.path)
		switch {
		case got == nil && tt.severity != "":
			t.Errorf("%s/%s: nothing is wrong, want %q", tt.host, tt.path, tt.says)
		case got != nil && (got.Severity != tt.severity || !strings.Contains(got.Text, tt.says)):
			t.Errorf("%s/%s: got %s %q, want %s %q", tt.host, tt.path, got.Severity, got.Text, tt.severity, tt.says)
		}
	}
}

func BenchmarkCheckName(b *testing.B) {
	c := catalog(b)
	for b.Loop() {
		_ = c.CheckName("123456789012.dkr.ecr.us-east-1.amazonaws.com", "orkes-conductor-server")
	}
}
