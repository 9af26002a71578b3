package images

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"conductor-registry/model"
)

// try asks for one image with one login.
type try struct {
	ref    name.Reference
	login  login
	wire   *wire
	puller *remote.Puller // logs in once, with the first request
}

func (r *run) newTry(ref name.Reference, l login) (*try, error) {
	t := &try{ref: ref, login: l, wire: newWire(r.transport, r.options.Insecure)}
	var err error
	t.puller, err = remote.NewPuller(remote.WithTransport(t.wire), remote.WithAuth(l.authenticator()),
		remote.WithUserAgent("conductor-registry"),
		// Failures are reported at once: a retry would only hide them for a while.
		remote.WithRetryStatusCodes(), remote.WithRetryPredicate(func(error) bool { return false }))
	return t, err
}

// digest asks for the digest only, which does not count as a pull (https://docs.docker.com/docker-hub/usage/pulls/).
// Where the registry does not answer that, it reads the manifest; its answer also says what is wrong.
func (t *try) digest(ctx context.Context) (string, error) {
	if found, err := t.puller.Head(ctx, t.ref); err == nil {
		return found.Digest.String(), nil
	}
	found, err := t.puller.Get(ctx, t.ref)
	if err != nil {
		return "", err
	}
	return found.Digest.String(), nil
}

// isKnownLogin reports whether the registry accepts the login, whatever it may pull. A registry with tokens checks it
// before it gives one.
func (t *try) isKnownLogin(ctx context.Context) bool {
	usesTokens, sentToken, scheme := t.wire.login()
	if usesTokens {
		return sentToken
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://"+t.ref.Context().RegistryStr()+"/v2/",
		http.NoBody)
	if err != nil {
		return false
	}
	config := t.login.config()
	request.SetBasicAuth(config.Username, config.Password)
	answer, err := t.wire.RoundTrip(request)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// tellTagFromRepository finds out which of them is missing where the registry gives one code for both, and a tag that
// is similar to the one that was asked for.
func (t *try) tellTagFromRepository(ctx context.Context, v *verdict) {
	var tags []string
	lister, err := t.puller.Lister(ctx, t.ref.Context())
	if err == nil {
		var page *remote.Tags
		if page, err = lister.Next(ctx); err == nil {
			tags = page.Tags
		}
	}
	if err != nil {
		v.id = imageNotFound
		if refused, ok := errors.AsType[*transport.Error](err); ok && refused.StatusCode == http.StatusNotFound {
			v.id, v.said = repositoryUnknown, ""
		}
		return
	}
	if near := model.Nearest(t.ref.Identifier(), tags); near != "" {
		v.near = "; there is a tag " + sanitize(near)
	}
}
