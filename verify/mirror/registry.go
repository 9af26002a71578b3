package mirror

import (
	"context"
	"errors"
	"io"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"conductor-registry/model"
	"conductor-registry/verify/images"
)

// sideError is an error of the registry that an image is read from or written to.
type sideError struct {
	client *images.Client
	err    error
}

// Error returns the reason.
func (e *sideError) Error() string { return e.err.Error() }

// Unwrap returns the reason.
func (e *sideError) Unwrap() error { return e.err }

// of returns an error as one of the registry of a client.
func of(client *images.Client, err error) error {
	if _, known := errors.AsType[*sideError](err); err == nil || known {
		return err
	}
	return &sideError{client, err}
}

// registrySource reads an image from a registry.
type registrySource struct {
	client *images.Client
}

// newRegistrySource returns a source with the first login that can read the image.
func newRegistrySource(
	ctx context.Context, network *images.Network, ref string, credential images.Credential,
) (*registrySource, error) {
	clients, err := network.Clients(ctx, ref, credential)
	if err != nil {
		return nil, err
	}
	var last error
	for _, client := range clients {
		s := &registrySource{client: client}
		if len(clients) == 1 {
			return s, nil
		}
		_, err := s.digest(ctx)
		if err == nil {
			return s, nil
		}
		problem := client.Problem(ctx, err)
		if last = (model.Problems{problem}); !images.IsLoginProblem(problem) {
			break
		}
	}
	return nil, last
}

func (s *registrySource) digest(ctx context.Context) (string, error) {
	digest, err := s.client.Digest(ctx)
	return digest, of(s.client, err)
}

func (s *registrySource) manifest(ctx context.Context, digest string) (manifest, error) {
	if digest == "" {
		found, err := s.client.Get(ctx)
		if err != nil {
			return manifest{}, of(s.client, err)
		}
		return manifest{v1.Descriptor{Digest: found.Digest, Size: int64(len(found.Manifest)), MediaType: found.MediaType},
			found.Manifest}, nil
	}
	found, err := s.client.Puller().Get(ctx, s.client.Reference().Context().Digest(digest))
	if err != nil {
		return manifest{}, of(s.client, err)
	}
	return manifest{v1.Descriptor{Digest: found.Digest, Size: found.Size, MediaType: found.MediaType}, found.Manifest}, nil
}

func (s *registrySource) blob(ctx context.Context, d v1.Descriptor) (io.ReadCloser, error) {
	layer, err := s.client.Puller().Layer(ctx, s.client.Reference().Context().Digest(d.Digest.String()))
	if err != nil {
		return nil, of(s.client, err)
	}
	data, err := layer.Compressed() // which checks the digest
	if err != nil {
		return nil, of(s.client, err)
	}
	return &sourceReader{data, s.client}, nil
}

// sourceReader marks errors as those of the source, also inside of an error of the target.
type sourceReader struct {
	io.ReadCloser
	client *images.Client
}

// Read reads data.
func (r *sourceReader) Read(into []byte) (int, error) {
	n, err := r.ReadCloser.Read(into)
	if err != nil && !errors.Is(err, io.EOF) {
		err = of(r.client, err)
	}
	return n, err
}

// registryTarget writes an image to a registry.
type registryTarget struct {
	client *images.Client
	pusher *remote.Pusher
}

func newRegistryTarget(
	ctx context.Context, network *images.Network, ref string, credential images.Credential,
) (*registryTarget, error) {
	clients, err := network.Clients(ctx, ref, credential)
	if err != nil {
		return nil, err
	}
	pusher, err := clients[0].Pusher()
	return &registryTarget{client: clients[0], pusher: pusher}, err
}

func (t *registryTarget) place() string { return t.client.Reference().Context().String() }

func (t *registryTarget) digest(ctx context.Context) (string, error) {
	ref := t.client.Reference()
	found, err := t.client.Puller().Head(ctx, ref)
	if err == nil {
		return found.Digest.String(), nil
	}
	whole, err := t.client.Puller().Get(ctx, ref) // HEAD has no reason, and some registries leave out the digest
	switch {
	case err == nil:
		return whole.Digest.String(), nil
	case images.IsMissing(err):
		return "", nil
	}
	return "", of(t.client, err)
}

func (t *registryTarget) writeBlob(
	ctx context.Context, d v1.Descriptor, open func() (io.ReadCloser, error),
) error {
	return of(t.client, t.pusher.Upload(ctx, t.client.Reference().Context(), layer{d, open}))
}

func (t *registryTarget) writeManifest(ctx context.Context, m manifest) error {
	return t.put(ctx, t.client.Reference().Context().Digest(m.Digest.String()), m)
}

func (t *registryTarget) finish(ctx context.Context, tree *tree) error {
	return t.put(ctx, t.client.Reference(), tree.root())
}

func (t *registryTarget) put(ctx context.Context, ref name.Reference, m manifest) error {
	return of(t.client, t.pusher.Put(ctx, ref, taggable{m}))
}

// taggable is a manifest as go-containerregistry takes it.
type taggable struct{ manifest }

// MediaType returns the type of the manifest.
func (m taggable) MediaType() (types.MediaType, error) { return m.Descriptor.MediaType, nil }

// layer is a blob as go-containerregistry takes it.
type layer struct {
	d    v1.Descriptor
	open func() (io.ReadCloser, error)
}

// Digest returns the digest.
func (l layer) Digest() (v1.Hash, error) { return l.d.Digest, nil }

// DiffID is not known and not needed.
func (l layer) DiffID() (v1.Hash, error) { return v1.Hash{}, errors.ErrUnsupported }

// Compressed returns the bytes.
func (l layer) Compressed() (io.ReadCloser, error) { return l.open() }

// Uncompressed is not known and not needed.
func (l layer) Uncompressed() (io.ReadCloser, error) { return nil, errors.ErrUnsupported }

// Size returns the size in bytes.
func (l layer) Size() (int64, error) { return l.d.Size, nil }

// MediaType returns the type.
func (l layer) MediaType() (types.MediaType, error) { return l.d.MediaType, nil }
