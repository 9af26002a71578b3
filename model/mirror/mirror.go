// Package mirror works out which images have to be copied into the registries that the pods pull from: from where, to
// where, and what must exist there first. It also writes the scripts that copy with other programs. It never contacts a
// registry.
package mirror

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/image"
	"conductor-registry/model/registry"
)

// Use is one component of one environment.
type Use struct {
	Environment string `json:"environment,omitempty"` // "" where there is only one
	Component   string `json:"component"`
}

// String returns the environment and the component.
func (u Use) String() string { return strings.TrimSpace(u.Environment + " " + u.Component) }

// Wanted is an image that the pods pull, and what is known of its source and its registry.
type Wanted struct {
	Use
	Image      string // with its tag
	Default    string // the image that the chart names, without a tag; "" for none
	AppVersion string // the tag of the chart's own images
	Preset     *registry.Preset
	Location   registry.Location
	Repository string // the image's path below the location
}

// Image is one image to copy. All references have their host.
type Image struct {
	Uses   []Use
	Source string // by tag, or by digest where the digest is known
	Target string // by tag
	Digest string // that the target must have; "" where the source decides it
	Push   registry.Push
}

// Skipped is an image that needs no copy.
type Skipped struct {
	Use
	Image string `json:"image"`
	Why   string `json:"why"`
}

// List holds the images to copy, each once, and those that need no copy.
type List struct {
	Images  []Image
	Skipped []Skipped
}

// NewList returns the list for what the pods pull. Sources overrides where images come from, by component.
func NewList(wanted []Wanted, sources map[string]string) (List, error) {
	var out List
	for _, w := range wanted {
		if why := w.noCopy(); why != "" {
			out.Skipped = append(out.Skipped, Skipped{w.Use, w.Image, why})
			continue
		}
		next, err := w.image(sources[w.Component])
		if err != nil {
			return List{}, err
		}
		if err := out.add(next); err != nil {
			return List{}, err
		}
	}
	return out, nil
}

// add adds an image, or its use where the same copy is in the list. Two sources for one target are an error.
func (l *List) add(next Image) error {
	at := slices.IndexFunc(l.Images, func(i Image) bool { return i.Target == next.Target })
	if at < 0 {
		l.Images = append(l.Images, next)
		return nil
	}
	known := &l.Images[at]
	if known.Source != next.Source {
		return fmt.Errorf("%s and %s pull the same image %s, which would be copied from %s and from %s", known.Uses[0],
			next.Uses[0], next.Target, known.Source, next.Source)
	}
	known.Uses = append(known.Uses, next.Uses...)
	return nil
}

// noCopy returns why an image needs no copy; "" if it needs one.
func (w Wanted) noCopy() string {
	ref, _ := image.SplitTag(w.Image)
	switch {
	case w.Default != "" && image.WithHost(ref) == image.WithHost(w.Default):
		return "the pods pull Orkes's own image"
	case w.Location.Fields["cacheOf"] != "":
		return w.Location.Host + " is a cache, which fetches the image at the first pull"
	}
	return ""
}

// image returns the copy for a component, from another source than the chart's if one is given.
func (w Wanted) image(source string) (Image, error) {
	target, err := image.Parse(w.Image)
	if err != nil {
		return Image{}, fmt.Errorf("%s: %q is not a valid image name: %w", w.Use, w.Image, err)
	}
	if target.Tag == "" {
		return Image{}, fmt.Errorf("%s: %q has no tag, and only a tag can be pushed", w.Use, w.Image)
	}
	if source == "" {
		source = w.Default
	}
	if source == "" {
		return Image{}, fmt.Errorf("%s: the chart names no image of its own\nhint: --source %s=IMAGE names the one to copy",
			w.Use, w.Component)
	}
	name, suffix := image.SplitTag(source)
	from, err := image.Parse(source)
	if err != nil {
		return Image{}, fmt.Errorf("%s: %q is not a valid image name: %w", w.Use, source, err)
	}
	out := Image{Uses: []Use{w.Use}, Digest: target.Digest, Target: target.Host + "/" + target.Repository + ":" + target.Tag}
	switch {
	case target.Digest != "":
		suffix = "@" + target.Digest
	case from.Digest != "":
		suffix, out.Digest = "@"+from.Digest, from.Digest
	case suffix == "" && image.IsMutableTag(target.Tag) && w.AppVersion != "": // only the target has it, such as production
		suffix = ":" + w.AppVersion
	case suffix == "":
		suffix = ":" + target.Tag
	}
	out.Source = image.WithHost(name + suffix)
	if w.Preset != nil {
		out.Push = w.Preset.PushFor(w.Location, map[string]string{"repository": w.Repository, "tag": target.Tag,
			"image": w.Image})
	}
	return out, nil
}
