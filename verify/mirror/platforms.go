package mirror

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/containerd/platforms"
	v1 "github.com/google/go-containerregistry/pkg/v1"

	"conductor-registry/model"
)

// only returns the manifest of the platforms to copy: for one platform that of its image, whose digest stays the same;
// for several an index of those, with their attestations and a digest of its own.
func (c *copier) only(ctx context.Context, from source, image Image, root manifest) (manifest, error) {
	if !root.MediaType.IsIndex() {
		return root, c.requireSingle(ctx, from, image, root)
	}
	index, err := v1.ParseIndexManifest(bytes.NewReader(root.raw))
	if err != nil {
		return root, model.Problems{notCopyable("its index is not valid JSON")}
	}
	kept := map[string]bool{}
	var children []v1.Descriptor
	var missing []string
	for _, wanted := range c.Platforms {
		matcher := platforms.NewMatcher(wanted)
		at := slices.IndexFunc(index.Manifests, func(d v1.Descriptor) bool {
			return d.Platform != nil && matcher.Match(specOf(*d.Platform))
		})
		if at < 0 {
			missing = append(missing, platforms.Format(wanted))
			continue
		}
		if d := index.Manifests[at]; !kept[d.Digest.String()] {
			kept[d.Digest.String()] = true
			children = append(children, d)
		}
	}
	switch {
	case len(missing) > 0:
		return root, model.Problems{platformMissing(image, strings.Join(missing, ", "))}
	case len(children) == 1:
		child, err := from.manifest(ctx, children[0].Digest.String())
		child.MediaType = children[0].MediaType
		return child, err
	}
	index.Manifests = slices.DeleteFunc(index.Manifests, func(d v1.Descriptor) bool {
		return !kept[d.Digest.String()] && !kept[d.Annotations["vnd.docker.reference.digest"]] // of buildx
	})
	root.raw, err = json.Marshal(index)
	if err != nil {
		return root, err
	}
	root.Digest, root.Size, err = v1.SHA256(bytes.NewReader(root.raw))
	return root, err
}

// requireSingle returns a problem unless an image for one platform is for the wanted one.
func (c *copier) requireSingle(ctx context.Context, from source, image Image, root manifest) error {
	m, err := v1.ParseManifest(bytes.NewReader(root.raw))
	if err != nil {
		return model.Problems{notCopyable("its manifest is not valid JSON")}
	}
	has, err := platformOf(ctx, from, m.Config)
	if err != nil {
		return err
	}
	var missing []string
	for _, wanted := range c.Platforms {
		if !platforms.NewMatcher(wanted).Match(specOf(*has)) {
			missing = append(missing, platforms.Format(wanted))
		}
	}
	if len(missing) > 0 {
		return model.Problems{platformMissing(image, strings.Join(missing, ", "))}
	}
	return nil
}
