package images

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// Platform is a platform that an image is built for.
type Platform struct {
	Name string `json:"platform"`       // such as linux/amd64
	Size int64  `json:"size,omitempty"` // compressed, in bytes; 0 where it was not asked for
}

// ParsePlatform parses OS/ARCHITECTURE or OS/ARCHITECTURE/VARIANT.
func ParsePlatform(text string) (v1.Platform, error) {
	p, err := v1.ParsePlatform(text)
	if err != nil || p.OS == "" || p.Architecture == "" {
		return v1.Platform{}, fmt.Errorf("%q is not a platform: write it like linux/amd64", text)
	}
	return *p, nil
}

// dataError says that an image's manifest can be read and its configuration cannot.
type dataError struct{ err error }

// Error returns the reason.
func (e *dataError) Error() string { return e.err.Error() }

// Unwrap returns the reason.
func (e *dataError) Unwrap() error { return e.err }

// fill asks the registry and puts the answer into the result.
func (t *try) fill(ctx context.Context, o Options, out *Result) (err error) {
	if o.DigestOnly {
		out.Digest, err = t.digest(ctx)
		return err
	}
	found, err := t.puller.Get(ctx, t.ref)
	if err != nil {
		return err
	}
	found.MediaType = mediaType(found)
	if found.MediaType.IsSchema1() {
		*out = out.with(problem(formatOld, fill{"image": out.Image}))
		return nil
	}
	out.Digest = found.Digest.String()
	if found.MediaType.IsIndex() {
		out.Platforms, err = indexPlatforms(found, o.Platforms)
	} else {
		var image v1.Image
		out.Platforms = make([]Platform, 1)
		if image, err = found.Image(); err == nil {
			out.Platforms[0], err = imagePlatform(image, nil)
		}
	}
	if missing := missingPlatforms(out.Platforms, o.Platforms); err == nil && len(missing) > 0 {
		*out = out.with(problem(platformMissing, fill{"image": out.Image, "detail": listed(missing)}))
	}
	return err
}

// mediaType returns the type of a manifest: that of its header, or of the manifest itself where the header has
// another.
func mediaType(d *remote.Descriptor) types.MediaType {
	header, _, _ := strings.Cut(string(d.MediaType), ";")
	if t := types.MediaType(header); t.IsIndex() || t.IsImage() || strings.Contains(header, "manifest.v1") {
		return t
	}
	var own struct{ MediaType types.MediaType }
	_ = json.Unmarshal(d.Manifest, &own) // invalid JSON is reported by whoever reads it
	return own.MediaType
}

// indexPlatforms returns the platforms of an image with several, with sizes for those that are wanted. Entries without
// a platform, such as attestations, are left out.
func indexPlatforms(found *remote.Descriptor, wanted []v1.Platform) ([]Platform, error) {
	index, err := found.ImageIndex()
	if err != nil {
		return nil, err
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return nil, err
	}
	var out []Platform
	for _, m := range manifest.Manifests {
		p := m.Platform
		if p == nil || p.OS == "" || p.OS == "unknown" {
			continue
		}
		platform := Platform{Name: p.String()}
		if slices.ContainsFunc(wanted, p.Satisfies) {
			image, err := index.Image(m.Digest)
			if err != nil {
				return nil, err
			}
			if platform, err = imagePlatform(image, p); err != nil {
				return nil, err
			}
		}
		out = append(out, platform)
	}
	return out, nil
}

// imagePlatform returns the size of one image and reads its configuration, which many registries store on another
// host. Without a platform the configuration names it.
func imagePlatform(image v1.Image, platform *v1.Platform) (Platform, error) {
	manifest, err := image.Manifest()
	if err != nil {
		return Platform{}, err
	}
	data, err := image.RawConfigFile()
	if err != nil {
		return Platform{}, &dataError{err}
	}
	if platform == nil {
		platform = &v1.Platform{}
		if err := json.Unmarshal(data, platform); err != nil {
			return Platform{}, &dataError{err}
		}
	}
	size := manifest.Config.Size
	for _, layer := range manifest.Layers {
		size += layer.Size
	}
	return Platform{platform.String(), size}, nil
}

// missingPlatforms returns the wanted platforms that the image is not built for.
func missingPlatforms(have []Platform, wanted []v1.Platform) []string {
	var out []string
	for _, w := range wanted {
		if !slices.ContainsFunc(have, func(p Platform) bool {
			is, err := v1.ParsePlatform(p.Name)
			return err == nil && is.Satisfies(w)
		}) {
			out = append(out, w.String())
		}
	}
	return out
}
