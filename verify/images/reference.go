package images

import (
	"github.com/distribution/reference"
	"github.com/google/go-containerregistry/pkg/name"
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
	if tagged, ok := named.(reference.Tagged); ok {
		return repository.Tag(tagged.Tag()), nil
	}
	return repository.Tag("latest"), nil
}
