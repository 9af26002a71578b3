package images

import "testing"

func TestFailedPart(t *testing.T) {
	for cause, want := range map[string]Part{
		tagUnknown: TagPart, repositoryUnknown: RepositoryPart, imageNotFound: RepositoryPart, hostUnknown: HostPart,
		certificateExpired: HostPart, proxyFailed: HostPart, loginRefused: "", platformMissing: "", "": "",
	} {
		if got := FailedPart(cause); got != want {
			t.Errorf("%q is about %q, want %q", cause, got, want)
		}
	}
}
