package probe

import (
	"context"
	"fmt"
	"slices"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// Platform is one build of an image.
type Platform struct {
	Name string `json:"platform"`       // such as linux/amd64
	Size int64  `json:"size,omitempty"` // of what a node loads, compressed, in bytes; 0 where it was not asked for
}

// ParsePlatform reads OS/ARCHITECTURE, or with /VARIANT behind it.
func ParsePlatform(text string) (v1.Platform, error) {
	p, err := v1.ParsePlatform(text)
	if err != nil || p.OS == "" || p.Architecture == "" {
		return v1.Platform{}, fmt.Errorf("%q is no platform: write it like linux/amd64", text)
	}
	return *p, nil
}

// seen is what a registry has of an image.
type seen struct {
	digest    string
	platforms []Platform
	have      []v1.Platform
	old       bool // schema 1
}

// lacks are the wanted platforms that it is not built for.
func (s seen) lacks(wanted []v1.Platform) []v1.Platform {
	return slices.DeleteFunc(slices.Clone(wanted), func(w v1.Platform) bool {
		return slices.ContainsFunc(s.have, func(p v1.Platform) bool { return p.Satisfies(w) })
	})
}

// dataError is an image whose manifest is there and whose data can't be read.
type dataError struct{ err error }

// Error is that of reading.
func (e *dataError) Error() string { return e.err.Error() }

// Unwrap is the reason.
func (e *dataError) Unwrap() error { return e.err }

// look reads the image's manifest, and of each wanted platform its size and configuration: that is data, which many
// registries keep elsewhere.
func (t *try) look(ctx context.Context, wanted []v1.Platform) (seen, error) {
	found, err := t.puller.Get(ctx, t.ref)
	if err != nil {
		return seen{}, err
	}
	out := seen{digest: found.Digest.String()}
	switch {
	case found.MediaType == types.DockerManifestSchema1 || found.MediaType == types.DockerManifestSchema1Signed:
		out.old = true
		return out, nil
	case found.MediaType.IsIndex():
		err = t.lookAtIndex(found, wanted, &out)
		return out, err
	}
	image, err := found.Image()
	if err != nil {
		return out, err
	}
	err = out.add(image, nil)
	return out, err
}

// lookAtIndex reads the builds of an image with many. What is not for a platform, such as an attestation, is none.
func (t *try) lookAtIndex(found *remote.Descriptor, wanted []v1.Platform, out *seen) error {
	index, err := found.ImageIndex()
	if err != nil {
		return err
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return err
	}
	for _, build := range manifest.Manifests {
		p := build.Platform
		if p == nil || p.OS == "" || p.OS == "unknown" || build.MediaType == types.OCIImageIndex {
			continue
		}
		if !slices.ContainsFunc(wanted, func(w v1.Platform) bool { return p.Satisfies(w) }) {
			out.have, out.platforms = append(out.have, *p), append(out.platforms, Platform{Name: p.String()})
			continue
		}
		image, err := index.Image(build.Digest)
		if err != nil {
			return err
		}
		if err := out.add(image, p); err != nil {
			return err
		}
	}
	return nil
}

// add measures one build. Without a platform its configuration says for which one it is.
func (s *seen) add(image v1.Image, platform *v1.Platform) error {
	manifest, err := image.Manifest()
	if err != nil {
		return err
	}
	config, err := image.ConfigFile()
	if err != nil {
		return &dataError{err}
	}
	if platform == nil {
		platform = config.Platform()
	}
	size := manifest.Config.Size
	for _, layer := range manifest.Layers {
		size += layer.Size
	}
	s.have, s.platforms = append(s.have, *platform), append(s.platforms, Platform{platform.String(), size})
	return nil
}

// fill asks, and puts what was seen into the result.
func (t *try) fill(ctx context.Context, o Options, out *Result) (err error) {
	if o.DigestOnly {
		out.Digest, err = t.digest(ctx)
		return err
	}
	s, err := t.look(ctx, o.Platforms)
	if err != nil {
		return err
	}
	out.Digest, out.Platforms = s.digest, s.platforms
	switch lacks := s.lacks(o.Platforms); {
	case s.old:
		*out = out.with(problem(formatOld, fill{"image": out.Image}))
	case len(lacks) > 0:
		var names []string
		for _, p := range lacks {
			names = append(names, p.String())
		}
		*out = out.with(problem(platformMissing, fill{"image": out.Image, "detail": list(names)}))
	}
	return nil
}

// list is a, b and c.
func list(texts []string) string {
	texts = slices.Sorted(slices.Values(texts))
	if last := len(texts) - 1; last > 0 {
		return strings.Join(texts[:last], ", ") + " and " + texts[last]
	}
	return strings.Join(texts, "")
}
