package image_test

import (
	"testing"

	"github.com/distribution/reference"

	"conductor-registry/model/image"
)

// FuzzParse reads image names as the kubelet's library does, and prints them so that they are read again the same.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a", "orkesio/s:1", "r.io/a/b:1@" + digest, "r.io:5000/a", "[fd12::10]:5000/a:1", "localhost/a", "A/b", "docker.io/library/a", "a@" + digest,
		"r.io/a__b/c-d.e:T_1.2", "https://r.io/a", "", "a:", "r.io/:1", "0.0_0/00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got, err := image.Parse(name)
		want, wantErr := reference.ParseNormalizedNamed(name)
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%q: %v, the library says %v", name, err, wantErr)
		}
		if err != nil {
			return
		}
		domain := reference.Domain(want) // "" for a first part with a dot that is no domain
		if got.Host+"/"+got.Repository != want.Name() || domain != "" && got.Host != domain {
			t.Errorf("%q: %s and %s, the library has %s and %s", name, got.Host, got.Repository, domain, reference.Path(want))
		}
		whole := image.WithHost(name)
		if again, err := image.Parse(whole); err != nil || again != got {
			t.Errorf("%q is printed as %q, and that is %+v: %v", name, whole, again, err)
		}
	})
}
