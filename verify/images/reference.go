package images

import (
	"github.com/google/go-containerregistry/pkg/name"

	"conductor-registry/model/image"
)

// locate returns ref as go-containerregistry knows it, read by the kubelet's grammar: a digest counts more than a tag.
func locate(ref string, insecure bool) (name.Reference, error) {
	parsed, err := image.Parse(ref)
	if err != nil {
		return nil, err
	}
	var options []name.Option
	if insecure {
		options = append(options, name.Insecure)
	}
	registry, err := name.NewRegistry(parsed.Host, options...)
	if err != nil {
		return nil, err
	}
	repository := registry.Repo(parsed.Repository)
	switch {
	case parsed.Digest != "":
		return repository.Digest(parsed.Digest), nil
	case parsed.Tag != "":
		return repository.Tag(parsed.Tag), nil
	}
	return repository.Tag("latest"), nil
}
