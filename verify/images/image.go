package images

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
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

// dataError is an image whose manifest is there and whose data can't be read.
type dataError struct{ err error }

// Error is that of reading.
func (e *dataError) Error() string { return e.err.Error() }

// Unwrap is the reason.
func (e *dataError) Unwrap() error { return e.err }

// fill asks, and puts what was seen into the result.
func (t *try) fill(ctx context.Context, o Options, out *Result) (err error) {
	if err := t.connect(ctx); err != nil {
		return err
	}
	if o.DigestOnly {
		out.Digest, err = t.digest(ctx)
		return err
	}
	data, digest, mediaType, err := t.fetch(ctx, "manifests", t.ref.Identifier())
	if err != nil {
		return err
	}
	kind := kindOf(data, mediaType)
	if kind == types.DockerManifestSchema1 || kind == types.DockerManifestSchema1Signed {
		*out = out.with(problem(formatOld, fill{"image": out.Image}))
		return nil
	}
	out.Digest = digest
	if kind.IsIndex() {
		out.Platforms, err = t.builds(ctx, data, o.Platforms)
	} else {
		out.Platforms = make([]Platform, 1)
		out.Platforms[0], err = t.build(ctx, data, nil)
	}
	if lacks := lacking(out.Platforms, o.Platforms); err == nil && len(lacks) > 0 {
		*out = out.with(problem(platformMissing, fill{"image": out.Image, "detail": listed(lacks)}))
	}
	return err
}

// kindOf is a manifest's type, as its header says it, or else the manifest itself.
func kindOf(data []byte, header string) types.MediaType {
	kind, _, _ := strings.Cut(header, ";")
	if t := types.MediaType(kind); t.IsIndex() || t.IsImage() || strings.Contains(kind, "manifest.v1") {
		return t
	}
	var own struct{ MediaType types.MediaType }
	_ = json.Unmarshal(data, &own) // what is no JSON is told when it is read
	return own.MediaType
}

// builds are the builds of an image with many, those for wanted platforms with their sizes. What is not for a platform,
// such as an attestation, is none.
func (t *try) builds(ctx context.Context, data []byte, wanted []v1.Platform) ([]Platform, error) {
	index, err := v1.ParseIndexManifest(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var out []Platform
	for _, m := range index.Manifests {
		p := m.Platform
		if p == nil || p.OS == "" || p.OS == "unknown" {
			continue
		}
		if !slices.ContainsFunc(wanted, p.Satisfies) {
			out = append(out, Platform{Name: p.String()})
			continue
		}
		data, _, _, err := t.fetch(ctx, "manifests", m.Digest.String())
		if err != nil {
			return nil, err
		}
		build, err := t.build(ctx, data, p)
		if err != nil {
			return nil, err
		}
		out = append(out, build)
	}
	return out, nil
}

// build measures one build, and reads its configuration: that is data, which many registries keep elsewhere. Without a
// platform the configuration says which one it is for.
func (t *try) build(ctx context.Context, data []byte, platform *v1.Platform) (Platform, error) {
	manifest, err := v1.ParseManifest(bytes.NewReader(data))
	if err != nil {
		return Platform{}, err
	}
	data, _, _, err = t.fetch(ctx, "blobs", manifest.Config.Digest.String())
	if err != nil {
		return Platform{}, &dataError{err}
	}
	if platform == nil {
		var config v1.Platform
		if err := json.Unmarshal(data, &config); err != nil {
			return Platform{}, &dataError{err}
		}
		platform = &config
	}
	size := manifest.Config.Size
	for _, layer := range manifest.Layers {
		size += layer.Size
	}
	return Platform{platform.String(), size}, nil
}

// lacking are the wanted platforms that there is no build for.
func lacking(have []Platform, wanted []v1.Platform) []string {
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
