package secret

import (
	"slices"
	"strings"
	"testing"
)

// The rows are what the kubelet's own package answered (k8s.io/kubernetes v1.37.2, pkg/credentialprovider).
func TestTheKubeletsChoice(t *testing.T) {
	for _, test := range []struct {
		keys, image string
		want        bool
	}{
		{"https://index.docker.io/v1/", "orkesio/x", true},
		{"index.docker.io", "orkesio/x", true},
		{"docker.io", "orkesio/x", true},
		{"https://docker.io", "docker.io/orkesio/x:1", true},
		{"https://index.docker.io/v1/", "docker.io/orkesio/x:1", true},
		{"https://index.docker.io/v1", "orkesio/x", false},
		{"registry-1.docker.io", "orkesio/x", false},
		{"hub.docker.com", "orkesio/x", false},
		{"registry.hub.docker.com", "orkesio/x", false},
		{"https://index.docker.io/v1/", "myregistry/orkesio/x", true},
		{"index.docker.io", "localhost/o/s", true},
		{"index.docker.io", "UPPER/s", true},
		{"index.docker.io", "localhost:5000/o/s", false},
		{"index.docker.io", "reg.example.com/o/s", false},
		{"reg.example.com", "reg.example.com/o/s:1", true},
		{"https://reg.example.com", "reg.example.com/o/s", true},
		{"http://reg.example.com", "reg.example.com/o/s", true},
		{"https://reg.example.com/", "reg.example.com/o/s", true},
		{"https://reg.example.com/v1/", "reg.example.com/o/s", true},
		{"https://reg.example.com/v2/", "reg.example.com/o/s@sha256:" + strings.Repeat("a", 64), true},
		{"https://reg.example.com/v2", "reg.example.com/o/s", false},
		{"reg.example.com:443", "reg.example.com/o/s", false},
		{"reg.example.com", "reg.example.com:443/o/s", false},
		{"reg.example.com", "reg.example.com:5000/o/s", false},
		{"reg.example.com:5000", "reg.example.com:5000/o/s", true},
		{"reg.example.com/o", "reg.example.com/o/s", true},
		{"reg.example.com/o", "reg.example.com/other/s", true},
		{"reg.example.com/o/", "reg.example.com/other/s", false},
		{"reg.example.com/o/s:1", "reg.example.com/o/s:1", false},
		{"reg.example.com/*", "reg.example.com/o/s", false},
		{"reg.example.com:*", "reg.example.com/o/s", false},
		{"*.example.com", "reg.example.com/o/s", true},
		{"*.example.com", "a.b.example.com/o/s", false},
		{"MyACR.azurecr.io", "myacr.azurecr.io/x", false},
		{"mycompany.jfrog.io/docker-local", "mycompany.jfrog.io/docker-local/x", true},
		{"https://mycompany.jfrog.io/artifactory/docker-local", "mycompany.jfrog.io/docker-local/x", false},
		{"gcr.io", "us.gcr.io/p/x", false},
		{"*.gcr.io", "gcr.io/p/x", false},
		{" reg.example.com", "reg.example.com/o/s", false},
		{"reg.example.com ", "reg.example.com/o/s", false},
		{"reg.example.com\n", "reg.example.com/o/s", false},
		{"oci://reg.example.com", "reg.example.com/o/s", false},
		{"//reg.example.com", "reg.example.com/o/s", false},
		{"user@reg.example.com", "reg.example.com/o/s", true},
		{"reg.example.com", "reg.example.com/o/s:sha256:abc", false},
	} {
		got := Lookup([]string{test.keys}, test.image)
		if (len(got) > 0) != test.want {
			t.Errorf("key %q for %s gives %q", test.keys, test.image, got)
		}
		if why := Mismatch(test.keys, test.image); (why == "") != test.want {
			t.Errorf("key %q for %s is ignored because %q", test.keys, test.image, why)
		}
	}
}

// All keys that match are tried, the last of the alphabet first; Docker Hub's own key only when no other matches.
func TestTheKubeletsOrder(t *testing.T) {
	for _, test := range []struct{ keys, image, want string }{
		{"r.io r.io/team https://r.io/v2/ other.io *.io", "r.io/team/x", "r.io/team r.io https://r.io/v2/ *.io"},
		{"https://index.docker.io/v1/ docker.io/orkesio", "orkesio/x", "docker.io/orkesio"},
		{"https://index.docker.io/v1/ docker.io/orkesio", "other/x", "https://index.docker.io/v1/"},
		{"https://index.docker.io/v1/", "quay.io/x/y", ""},
	} {
		got := Lookup(strings.Fields(test.keys), test.image)
		if !slices.Equal(got, strings.Fields(test.want)) {
			t.Errorf("%s of %s: %q", test.image, test.keys, got)
		}
	}
}

func TestMismatch(t *testing.T) {
	for _, test := range []struct{ key, image, says string }{
		{"https://index.docker.io/v1", "orkesio/x", "with the slash"},
		{"hub.docker.com", "orkesio/x", "with the slash"},
		{"MyACR.azurecr.io", "myacr.azurecr.io/x", "upper and lower case"},
		{"reg.example.com:443", "reg.example.com/x", "ports differ (443, none)"},
		{"https://r.io/artifactory", "r.io/docker/x", "does not begin with artifactory"},
		{"*.example.com", "a.b.example.com/x", "a * matches one part"},
		{"gcr.io", "us.gcr.io/p/x", "the host of the image is us.gcr.io"},
		{"%", "r.io/x", "not a host"},
		{"r.io", "R.io/X", "image name is invalid"},
	} {
		if got := Mismatch(test.key, test.image); !strings.Contains(got, test.says) {
			t.Errorf("%s for %s: %q", test.key, test.image, got)
		}
	}
}

// What KeyFor gives always matches.
func TestKeyFor(t *testing.T) {
	for name, want := range map[string]string{"orkesio/x:1": DockerHubKey, "r.io:5000/o/s:1": "r.io:5000", "R.io/X": ""} {
		got := KeyFor(name)
		if got != want || want != "" && Mismatch(got, name) != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}
