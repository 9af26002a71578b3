package images

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// try is one image asked for with one login. It reads manifests itself, over the library's login: the library's own
// reading of images would link what unpacks them.
type try struct {
	ref    name.Reference
	login  login
	wire   *wire
	client *http.Client // logged in; nil before connect
}

func (r *run) try(ref name.Reference, l login) *try {
	return &try{ref: ref, login: l, wire: newWire(r.transport, r.options.Insecure)}
}

// connect asks the registry how it wants its logins, and for a token if it works with those. What fails is told at
// once, and nothing is tried again: a kubelet has its own patience.
func (t *try) connect(ctx context.Context) error {
	repository := t.ref.Context()
	network := transport.NewUserAgent(t.wire, "conductor-registry")
	authorized, err := transport.NewWithContext(ctx, repository.Registry, t.login.authenticator(), network,
		[]string{repository.Scope(transport.PullScope)})
	if err == nil {
		t.client = &http.Client{Transport: authorized}
	}
	return err
}

// errDigest is an answer with other bytes than were asked for by their digest.
var errDigest = errors.New("the bytes are not those of the digest")

// maxManifest is the most that is read of a manifest or configuration. Registries take manifests up to 4 MiB
// (distribution-spec, "Pushing Manifests").
const maxManifest = 4 << 20

// fetch reads manifests/ID or blobs/ID of the repository. The digest is that of what was read; it must be the ID where
// that is one.
func (t *try) fetch(ctx context.Context, kind, id string) (data []byte, digest, mediaType string, err error) {
	answer, err := t.request(ctx, http.MethodGet, "/v2/"+t.ref.Context().RepositoryStr()+"/"+kind+"/"+id)
	if err != nil {
		return nil, "", "", err
	}
	defer func() { _ = answer.Body.Close() }()
	if data, err = io.ReadAll(io.LimitReader(answer.Body, maxManifest)); err != nil {
		return nil, "", "", err
	}
	hash, _, err := v1.SHA256(bytes.NewReader(data))
	if err == nil && strings.HasPrefix(id, "sha256:") && hash.String() != id {
		err = fmt.Errorf("%s: %w", id, errDigest)
	}
	return data, hash.String(), answer.Header.Get("Content-Type"), err
}

// request sends a request, and wants it to be answered by OK.
func (t *try) request(ctx context.Context, method, path string) (*http.Response, error) {
	registry := t.ref.Context().Registry
	request, err := http.NewRequestWithContext(ctx, method, registry.Scheme()+"://"+registry.RegistryStr()+path,
		http.NoBody)
	if err != nil {
		return nil, err
	}
	for _, mediaType := range []types.MediaType{types.OCIImageIndex, types.DockerManifestList, types.OCIManifestSchema1,
		types.DockerManifestSchema2, types.DockerManifestSchema1Signed, types.DockerManifestSchema1} {
		request.Header.Add("Accept", string(mediaType))
	}
	answer, err := t.client.Do(request)
	if err != nil {
		return nil, err
	}
	if err := transport.CheckError(answer, http.StatusOK); err != nil {
		_ = answer.Body.Close()
		return nil, err
	}
	return answer, nil
}

// digest asks for no more than the digest: that counts for no pull (https://docs.docker.com/docker-hub/usage/pulls/).
// Where that is not answered, it is read.
func (t *try) digest(ctx context.Context) (string, error) {
	path := "/v2/" + t.ref.Context().RepositoryStr() + "/manifests/" + t.ref.Identifier()
	if answer, err := t.request(ctx, http.MethodHead, path); err == nil {
		_ = answer.Body.Close()
		if hash, err := v1.NewHash(answer.Header.Get("Docker-Content-Digest")); err == nil {
			return hash.String(), nil
		}
	}
	_, digest, _, err := t.fetch(ctx, "manifests", t.ref.Identifier()) // whose answer says what is wrong, too
	return digest, err
}

// knowsLogin asks whether the login is one, whatever it may pull. Registries with tokens said so when they gave one.
func (t *try) knowsLogin(ctx context.Context) bool {
	if t.wire.usesTokens() || t.client == nil {
		return t.client != nil
	}
	answer, err := t.request(ctx, http.MethodGet, "/v2/")
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil
}
