package registrytest

import (
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// The digests of team/server:5.2.42 (for linux/amd64 and linux/arm64/v8), of team/workers:5.2.42
// (for linux/amd64), and of team/server:5.2.42 after Move: the images are made of the same bytes each time.
const (
	ServerDigest  = "sha256:f0af1dc0705b252755497ef8a090a150b2ea8d564a66f1e6061505bc0dd89055"
	WorkersDigest = "sha256:27d7e7c34ba1bcca4d4b9ef11350fe446e51e96522f115ff10953e60c7f65439"
	MovedDigest   = "sha256:f99c012e7518287c1097ea333cf4834b40bd2c19ba8f2c29f82e6f9fd78d3c10"
)

// Push stores the images: a server for two platforms, with an attestation as docker build adds one, workers for
// linux/amd64, and one image for linux/arm64 only.
func Push(host string, options ...remote.Option) error {
	index := mutate.AppendManifests(empty.Index,
		addendum("server", "linux/amd64"), addendum("server", "linux/arm64/v8"), addendum("attestation", "unknown/unknown"))
	for _, i := range []struct {
		repository string
		image      any
	}{
		{"team/server", index},
		{"team/workers", build("workers", "linux/amd64")},
		{"team/arm", build("arm", "linux/arm64")},
		{"other/server", index},
	} {
		if err := push(host, i.repository, i.image, options...); err != nil {
			return err
		}
	}
	return nil
}

func addendum(text, platform string) mutate.IndexAddendum {
	p, _ := v1.ParsePlatform(platform)
	return mutate.IndexAddendum{Add: build(text, platform), Descriptor: v1.Descriptor{Platform: p}}
}

// build returns an image of one layer with a text.
func build(text, platform string) v1.Image {
	p, _ := v1.ParsePlatform(platform)
	layer := static.NewLayer([]byte(strings.Repeat(text+" "+platform+"\n", 1000)), types.DockerLayer)
	image, _ := mutate.AppendLayers(empty.Image, layer)
	config, _ := image.ConfigFile()
	config = config.DeepCopy()
	config.OS, config.Architecture, config.Variant = p.OS, p.Architecture, p.Variant
	image, _ = mutate.ConfigFile(image, config)
	return image
}

// push stores an image as 5.2.42.
func push(host, repository string, image any, options ...remote.Option) error {
	registry, err := name.NewRegistry(host)
	if err != nil {
		return err
	}
	ref := registry.Repo(repository).Tag("5.2.42")
	switch image := image.(type) {
	case v1.ImageIndex:
		return remote.WriteIndex(ref, image, options...)
	case v1.Image:
		return remote.Write(ref, image, options...)
	}
	return nil
}

// behind calls do with an address of the registry itself, without its middleware.
func behind(content http.Handler, do func(host string) error) error {
	back := httptest.NewServer(content)
	defer back.Close()
	return do(back.Listener.Addr().String())
}
