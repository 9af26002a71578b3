package probe

import (
	"context"
	"net/http"

	"github.com/distribution/reference"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// locate is an image as the library knows it, by the kubelet's grammar: of a tag with a digest the digest counts.
func locate(image string, insecure bool) (name.Reference, error) {
	named, err := reference.ParseNormalizedNamed(image)
	if err != nil {
		return nil, err
	}
	var options []name.Option
	if insecure {
		options = append(options, name.Insecure)
	}
	registry, err := name.NewRegistry(reference.Domain(named), options...)
	if err != nil {
		return nil, err
	}
	repository := registry.Repo(reference.Path(named))
	if pinned, ok := named.(reference.Digested); ok {
		return repository.Digest(pinned.Digest().String()), nil
	}
	if tagged, ok := reference.TagNameOnly(named).(reference.Tagged); ok {
		return repository.Tag(tagged.Tag()), nil
	}
	return repository.Tag("latest"), nil
}

// try is one image asked for with one login.
type try struct {
	ref    name.Reference
	login  login
	wire   *wire
	puller *remote.Puller
}

func (r *run) try(ref name.Reference, l login) (*try, error) {
	t := &try{ref: ref, login: l, wire: newWire(r.transport, r.options.Insecure)}
	var err error
	t.puller, err = remote.NewPuller(
		remote.WithAuth(l.authenticator()), remote.WithTransport(t.wire), remote.WithUserAgent("conductor-registry"),
		// what fails is told at once: a kubelet has its own patience
		remote.WithRetryPredicate(func(error) bool { return false }), remote.WithRetryStatusCodes(),
	)
	return t, err
}

// digest asks for no more than the digest. Registries that give none for that are asked for the whole.
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

// knowsLogin asks whether the login is one, whatever it may pull. Registries with tokens said so when they gave one.
func (t *try) knowsLogin(ctx context.Context) bool {
	if t.wire.usesTokens() {
		return true
	}
	registry := t.ref.Context().Registry
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, registry.Scheme()+"://"+registry.RegistryStr()+"/v2/", nil)
	if err != nil {
		return false
	}
	authorized, err := transport.NewWithContext(ctx, registry, t.login.authenticator(), t.wire, nil)
	if err != nil {
		return false
	}
	answer, err := authorized.RoundTrip(request)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}
