package mirror

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"slices"

	"github.com/containerd/platforms"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	specs "github.com/opencontainers/image-spec/specs-go/v1"

	"conductor-registry/model"
)

// manifest is the manifest of an image or of an index, as its bytes.
type manifest struct {
	v1.Descriptor
	raw []byte
}

// RawManifest returns the bytes.
func (m manifest) RawManifest() ([]byte, error) { return m.raw, nil }

// tree is all that belongs to an image.
type tree struct {
	manifests []manifest      // those that others name first; the last is that of the image
	blobs     []v1.Descriptor // layers and configurations, each once, the largest first
	platforms []string        // those of attestations left out
}

func (t *tree) root() manifest { return t.manifests[len(t.manifests)-1] }

// size returns the size of all blobs and manifests in bytes.
func (t *tree) size() int64 {
	var sum int64
	for _, m := range t.manifests {
		sum += m.Size
	}
	for _, b := range t.blobs {
		sum += b.Size
	}
	return sum
}

// maxDepth limits how deep manifests can be nested; images have two levels.
const maxDepth = 5

// read reads all manifests of an image, or of the platforms to copy.
func (c *copier) read(ctx context.Context, from source, image Image) (*tree, error) {
	root, err := from.manifest(ctx, "")
	if err != nil {
		return nil, err
	}
	if len(c.Platforms) > 0 {
		if root, err = c.only(ctx, from, image, root); err != nil {
			return nil, err
		}
	}
	if got := root.Digest.String(); image.Digest != "" && got != image.Digest {
		return nil, model.Problems{digestDiffers(image, got)}
	}
	r := reader{ctx: ctx, from: from, tree: &tree{}, known: map[v1.Hash]bool{}}
	if err := r.add(root, nil, 0); err != nil {
		return nil, err
	}
	slices.SortStableFunc(r.tree.blobs, func(a, b v1.Descriptor) int { return cmp.Compare(b.Size, a.Size) })
	return r.tree, nil
}

// reader collects a tree.
type reader struct {
	ctx   context.Context //nolint:containedctx // of one call
	from  source
	tree  *tree
	known map[v1.Hash]bool
}

// add adds a manifest and all that it names. The platform is that of its entry in an index.
func (r *reader) add(m manifest, platform *v1.Platform, depth int) error {
	if r.known[m.Digest] {
		return nil
	}
	r.known[m.Digest] = true
	switch {
	case m.MediaType.IsIndex():
		if err := r.addIndex(m, depth); err != nil {
			return err
		}
	case m.MediaType.IsImage():
		if err := r.addImage(m, platform); err != nil {
			return err
		}
	default:
		return model.Problems{notCopyable("its manifest has the type " + string(m.MediaType))}
	}
	r.tree.manifests = append(r.tree.manifests, m)
	return nil
}

func (r *reader) addIndex(m manifest, depth int) error {
	index, err := v1.ParseIndexManifest(bytes.NewReader(m.raw))
	switch {
	case err != nil:
		return model.Problems{notCopyable("its index is not valid JSON")}
	case depth == maxDepth:
		return model.Problems{notCopyable("its indexes name each other without end")}
	}
	for _, d := range index.Manifests {
		if !d.MediaType.IsIndex() && !d.MediaType.IsImage() { // a blob: the specification allows it
			r.addBlobs(d)
			continue
		}
		child, err := r.from.manifest(r.ctx, d.Digest.String())
		if err != nil {
			return err
		}
		child.MediaType = d.MediaType
		if err := r.add(child, d.Platform, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) addImage(m manifest, platform *v1.Platform) error {
	image, err := v1.ParseManifest(bytes.NewReader(m.raw))
	if err != nil {
		return model.Problems{notCopyable("its manifest is not valid JSON")}
	}
	r.addBlobs(append([]v1.Descriptor{image.Config}, image.Layers...)...)
	if platform == nil {
		if platform, err = platformOf(r.ctx, r.from, image.Config); err != nil {
			return err
		}
	}
	if name := platforms.Format(specOf(*platform)); platform.OS != "unknown" && !slices.Contains(r.tree.platforms, name) {
		r.tree.platforms = append(r.tree.platforms, name)
	}
	return nil
}

// addBlobs adds what is not added yet, and what a registry must have: layers of Windows may be only with Microsoft.
func (r *reader) addBlobs(list ...v1.Descriptor) {
	for _, d := range list {
		if !r.known[d.Digest] && d.MediaType.IsDistributable() {
			r.known[d.Digest] = true
			r.tree.blobs = append(r.tree.blobs, d)
		}
	}
}

// maxConfig is the longest configuration that is read, in bytes.
const maxConfig = 8 << 20

// platformOf returns the platform that an image's configuration names.
func platformOf(ctx context.Context, from source, config v1.Descriptor) (*v1.Platform, error) {
	data, err := from.blob(ctx, config)
	if err != nil {
		return nil, err
	}
	defer func() { _ = data.Close() }()
	text, err := io.ReadAll(io.LimitReader(data, maxConfig))
	if err != nil {
		return nil, err
	}
	var found v1.Platform
	if json.Unmarshal(text, &found) != nil || found.OS == "" {
		found = v1.Platform{OS: "unknown"}
	}
	return &found, nil
}

// specOf returns a platform as containerd knows it.
func specOf(p v1.Platform) specs.Platform {
	return platforms.Normalize(specs.Platform{OS: p.OS, Architecture: p.Architecture, Variant: p.Variant})
}
