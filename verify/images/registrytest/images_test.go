package registrytest

import (
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// The digests are those that the registry gives.
func TestDigests(t *testing.T) {
	s, err := StartPlain()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	registry, err := name.NewRegistry(s.Host)
	if err != nil {
		t.Fatal(err)
	}
	check := func(repository, want string) {
		t.Helper()
		found, err := remote.Head(registry.Repo(repository).Tag("5.2.42"))
		if err != nil || found.Digest.String() != want {
			t.Errorf("%s is %v, %v; want %s", repository, found, err, want)
		}
	}
	check("team/server", ServerDigest)
	check("team/workers", WorkersDigest)
	if err := s.Move(); err != nil {
		t.Fatal(err)
	}
	check("team/server", MovedDigest)
}
