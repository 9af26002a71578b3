package images

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// Errors of writing are about the target: what registries answer when a repository must exist first, a tag cannot be
// changed, or a proxy limits the size.
func TestErrorsOfPushes(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		want   string
	}{
		{404, `{"errors":[{"code":"NAME_UNKNOWN","message":"The repository with name 'a' does not exist in the registry"}]}`, repositoryMissing},
		{404, ``, repositoryMissing},
		{403, `{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}`, pushDenied},
		{401, `{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}`, pushDenied},
		{400, `{"errors":[{"code":"TAG_INVALID","message":"The image tag '1' already exists in the 'a' repository and cannot be overwritten because the repository is immutable."}]}`, tagImmutable},
		{412, `{"errors":[{"code":"PRECONDITION","message":"Failed to process request due to 'a:1' configured as immutable."}]}`, tagImmutable},
		{413, `<html>`, uploadTooLarge},
		{405, `{"errors":[{"code":"UNSUPPORTED","message":"The operation is unsupported."}]}`, pushRefused},
		{412, `{"errors":[{"code":"DENIED","message":"quota exceeded"}]}`, pushRefused},
		{503, `{"errors":[{"code":"UNAVAILABLE","message":"cannot be overwritten"}]}`, registryFails},
		{403, `{"errors":[{"code":"DENIED","message":"client with IP '1.2.3.4' is not allowed access"}]}`, everyoneRefused},
	} {
		answer := &transport.Error{StatusCode: test.status, Request: &http.Request{URL: &url.URL{Path: "/v2/a/blobs/uploads/"}}}
		_ = json.Unmarshal([]byte(test.body), answer)
		answer.StatusCode = test.status
		if got := ofPush(answer, classify(answer)); got.id != test.want {
			t.Errorf("%d %s: %s, want %s", test.status, test.body, got.id, test.want)
		}
	}
	if got := ofPush(errors.New("x"), verdict{id: timedOut}); got.id != timedOut {
		t.Errorf("an error of the network became %s", got.id)
	}
}

// Only what can be another time different is tried again.
func TestTransientErrors(t *testing.T) {
	for _, test := range []struct {
		err  error
		want bool
	}{
		{&transport.Error{StatusCode: 503}, true},
		{&transport.Error{StatusCode: 500}, true},
		{&transport.Error{StatusCode: 403}, false},
		{&transport.Error{StatusCode: 404}, false},
		{&rateError{"in 5s"}, true},
		{errors.New("x"), false},
	} {
		if got := IsTransient(test.err); got != test.want {
			t.Errorf("%v: %v, want %v", test.err, got, test.want)
		}
	}
}
