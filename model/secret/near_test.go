package secret

import (
	"slices"
	"strings"
	"testing"
)

// Keys that someone meant for the image and that do not count; what matches, or is for another host, is none.
func TestNear(t *testing.T) {
	for _, test := range []struct{ keys, image, want string }{
		{"reg.io:443|other.io", "reg.io/x", "reg.io:443"},
		{"reg.io", "reg.io:5000/x", "reg.io"},
		{"MyACR.azurecr.io|https://myacr.azurecr.io/v2|oci://myacr.azurecr.io", "myacr.azurecr.io/x",
			"MyACR.azurecr.io|https://myacr.azurecr.io/v2|oci://myacr.azurecr.io"},
		{" reg.io|reg.io/team", "reg.io/x", " reg.io|reg.io/team"},
		{"https://index.docker.io/v1|hub.docker.com|quay.io", "orkesio/x", "https://index.docker.io/v1|hub.docker.com"},
		{"user:word@reg.io:443", "reg.io/x", "user:word@reg.io:443"},
		{"reg.io|*.io", "reg.io/x", ""},
		{"us.gcr.io|gcr.io.evil", "gcr.io/p/x", ""},
		{"reg.io", "REG/X", ""},
		{"[::1]:5000", "[::1]/x", "[::1]:5000"},
	} {
		got := strings.Join(NearMisses(strings.Split(test.keys, "|"), test.image), "|")
		want := strings.Split(test.want, "|")
		slices.Sort(want)
		if got != strings.Join(want, "|") {
			t.Errorf("%s for %q: %q, want %q", test.image, test.keys, got, test.want)
		}
	}
}
