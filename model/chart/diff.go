package chart

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/image"
)

// Part names one thing that a chart decides for a component's pod.
type Part string

// The parts that can be compared.
const (
	ImagePart       Part = "image"       // the whole image reference
	NamePart        Part = "name"        // the image without its tag
	TagPart         Part = "tag"         // the tag, with its digest
	PullPolicyPart  Part = "pullPolicy"  // "" when it renders to nothing
	PullSecretsPart Part = "pullSecrets" // all of them, in their order
)

// Words returns the part as messages name it.
func (p Part) Words() string {
	switch p {
	case NamePart:
		return "image"
	case PullPolicyPart:
		return "pull policy"
	case PullSecretsPart:
		return "pull secrets"
	case ImagePart, TagPart:
	}
	return string(p)
}

// Difference is one part of a component in two resolutions.
type Difference struct {
	Component         string
	Part              Part
	Want, Got         any      // Got is nil where the second resolution does not have the component
	WantFrom, GotFrom []Origin // what decided the part; registry, repository and tag for an image
}

// Diff returns the parts that the two resolutions give the components of want differently, by component name and then
// in the order of the parts.
func Diff(want, got *Resolution, parts ...Part) []Difference {
	return slices.DeleteFunc(Compare(want, got, parts...), Difference.Equal)
}

// Compare returns the given parts of all components of want, whether they differ or not. A component that got does not
// have is listed once, with the first part.
func Compare(want, got *Resolution, parts ...Part) []Difference {
	var out []Difference
	for _, name := range slices.Sorted(maps.Keys(want.Components)) {
		for _, part := range parts {
			d := Difference{Component: name, Part: part}
			d.Want, d.WantFrom = want.Components[name].Part(part)
			other, ok := got.Components[name]
			if !ok {
				out = append(out, d)
				break
			}
			d.Got, d.GotFrom = other.Part(part)
			out = append(out, d)
		}
	}
	return out
}

// Equal reports whether both values are the same, in type too: true is not "true".
func (d Difference) Equal() bool { return fmt.Sprintf("%#v", d.Want) == fmt.Sprintf("%#v", d.Got) }

// IsDockerHubHost reports whether the images differ at most in docker.io/, which nodes add to a name without a registry.
func (d Difference) IsDockerHubHost() bool {
	want, isText := d.Want.(string)
	got, isAlsoText := d.Got.(string)
	return isText && isAlsoText && image.WithHost(want) == image.WithHost(got)
}

// Part returns the value of one part and what decided it.
func (c *ResolvedComponent) Part(part Part) (value any, from []Origin) {
	t := c.Trace
	switch part {
	case ImagePart:
		return c.Image, []Origin{t.Registry, t.Repository, t.Tag}
	case NamePart:
		return c.Name(), []Origin{t.Registry, t.Repository}
	case TagPart:
		return c.tag(), []Origin{t.Tag}
	case PullPolicyPart:
		return c.PullPolicy, []Origin{t.PullPolicy}
	case PullSecretsPart:
		return append([]any{}, c.PullSecrets...), []Origin{t.PullSecrets}
	}
	return nil, nil
}

// Name returns the image without its tag.
func (c *ResolvedComponent) Name() string {
	return strings.TrimSuffix(c.Image, ":"+c.tag())
}

// tag returns the tag as text; "" where the chart has none.
func (c *ResolvedComponent) tag() string {
	if c.Trace.Tag.Value == nil {
		return ""
	}
	return fmt.Sprint(c.Trace.Tag.Value)
}
