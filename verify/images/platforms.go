package images

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/containerd/platforms"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/types"
	specs "github.com/opencontainers/image-spec/specs-go/v1"
)

// Platform is a platform that an image is built for.
type Platform struct {
	Name string `json:"platform"`       // such as linux/amd64
	Size int64  `json:"size,omitempty"` // compressed, in bytes; 0 where it was not asked for
}

// ParsePlatform parses OS/ARCHITECTURE or OS/ARCHITECTURE/VARIANT.
func ParsePlatform(text string) (specs.Platform, error) {
	p, err := platforms.Parse(text)
	if err != nil || strings.Count(text, "/") == 0 {
		return p, fmt.Errorf("%q is not a platform: write it like linux/amd64", text)
	}
	return p, nil
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
	found, err := t.get(ctx)
	if err != nil {
		return err
	}
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

// headerType returns a Content-Type without its parameters.
func headerType(header types.MediaType) types.MediaType {
	kind, _, _ := strings.Cut(string(header), ";")
	return types.MediaType(strings.TrimSpace(kind))
}

// ManifestType returns the type of a manifest: that of its header, or of the manifest itself where the header has
// another; "" for what is not a manifest.
func ManifestType(header types.MediaType, manifest []byte) types.MediaType {
	isKnown := func(t types.MediaType) bool { return t.IsIndex() || t.IsImage() || t.IsSchema1() }
	if kind := headerType(header); isKnown(kind) {
		return kind
	}
	var own struct {
		SchemaVersion             int
		MediaType                 types.MediaType
		Config, Layers, Manifests json.RawMessage
	}
	err := json.Unmarshal(manifest, &own)
	switch {
	case err != nil:
		return ""
	case isKnown(own.MediaType):
		return own.MediaType
	case own.SchemaVersion == 1:
		return types.DockerManifestSchema1
	case own.Manifests != nil:
		return types.OCIImageIndex
	case own.Config != nil && own.Layers != nil:
		return types.OCIManifestSchema1
	}
	return ""
}

// contentError is a manifest of something else than a container image.
type contentError struct{ what string }

// Error returns what it is.
func (e *contentError) Error() string { return e.what }

// checkContent returns an error for a manifest of a Helm chart or of another artifact.
func checkContent(d *remote.Descriptor) error {
	if !d.MediaType.IsImage() {
		return nil
	}
	var manifest v1.Manifest
	if err := json.Unmarshal(d.Manifest, &manifest); err != nil {
		return nil //nolint:nilerr // reported by whoever reads it
	}
	switch kind := manifest.Config.MediaType; {
	case kind == "" || kind.IsConfig():
		return nil
	case strings.Contains(string(kind), "cncf.helm"):
		return &contentError{"it is a Helm chart"}
	default:
		return &contentError{"its content is " + sanitize(string(kind))}
	}
}

// indexPlatforms returns the platforms of an image with several, with sizes for those that are wanted. Entries without
// a platform, such as attestations, are left out.
func indexPlatforms(found *remote.Descriptor, wanted []specs.Platform) ([]Platform, error) {
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
		platform := Platform{Name: visible(p.String())}
		if slices.ContainsFunc(wanted, func(w specs.Platform) bool { return runsOn(*p, w) }) {
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
	return Platform{visible(platform.String()), size}, nil
}

// missingPlatforms returns the wanted platforms that the image is not built for.
func missingPlatforms(have []Platform, wanted []specs.Platform) []string {
	var out []string
	for _, w := range wanted {
		if !slices.ContainsFunc(have, func(p Platform) bool {
			is, err := v1.ParsePlatform(p.Name)
			return err == nil && runsOn(*is, w)
		}) {
			out = append(out, platforms.Format(w))
		}
	}
	return out
}

// runsOn reports whether containerd pulls an image for one platform on a node of another: arm64 is arm64/v8, and a node
// also runs the older variants of its architecture.
func runsOn(image v1.Platform, node specs.Platform) bool {
	return platforms.Only(node).Match(specs.Platform{OS: image.OS, Architecture: image.Architecture,
		Variant: image.Variant, OSVersion: image.OSVersion})
}
