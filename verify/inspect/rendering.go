package inspect

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/verify/helm"
)

// rendering is what the chart renders with some values, or helm's refusal.
type rendering struct {
	refused    string // in helm's words; "" when it rendered
	containers []container
	made       []string // the names of the pull secrets that the chart creates, sorted
	logins     []string // the markers in their content
	pods       []helm.Pod
}

// container is one of a pod, with the pod's pull secrets.
type container struct {
	kind, pod, name string
	image, policy   string
	secrets         []string
}

// The parts that a key can set. The last two are the chart's, the others those of a container.
const (
	partRegistry   = "registry"
	partRepository = "repository"
	partTag        = "tag"
	partDigest     = "digest"
	partImage      = "image" // a part of it that is not known
	partPolicy     = "pullPolicy"
	partPull       = "pullSecret"
	partMade       = "madeSecret" // the name of a pull secret that the chart creates
	partLogin      = "login"      // the content of one
)

// Part is something that a key sets.
type Part struct {
	Component string `json:"component,omitempty"` // "" for what the chart has once
	Name      string `json:"part"`
}

// Words returns what people call a part.
func Words(part string) string {
	switch part {
	case partPolicy:
		return "pull policy"
	case partPull:
		return "pull secret"
	case partMade:
		return "name of the created secret"
	case partLogin:
		return "credentials in the created secret"
	}
	return part
}

// marker returns a text that is valid as a host, a path, a tag, a policy and a name.
func marker(i int) string { return fmt.Sprintf("probe%03dx", i) }

func parseRendering(stream []byte, markers []string) (*rendering, error) {
	rendered, err := helm.ParseManifests(stream)
	if err != nil {
		return nil, err
	}
	out := &rendering{pods: rendered.Pods}
	for _, pod := range rendered.Pods {
		var secrets []string
		for _, name := range pod.PullSecrets {
			secrets = append(secrets, fmt.Sprint(name))
		}
		for _, c := range pod.Containers {
			out.containers = append(out.containers, container{pod.Kind, pod.Name, c.Name, fmt.Sprint(c.Image),
				fmt.Sprint(c.PullPolicy), secrets})
		}
	}
	for _, secret := range rendered.Secrets {
		out.made = append(out.made, fmt.Sprint(secret.Name))
		for _, marker := range markers {
			if secret.Contains(marker) {
				out.logins = append(out.logins, marker)
			}
		}
	}
	slices.Sort(out.made)
	return out, nil
}

// find returns the container of a component; nil when this rendering has none.
func (r *rendering) find(c *component) *container {
	for i, found := range r.containers {
		if found.name == c.Container && found.kind == c.Kind && (found.pod == c.Pod || c.isUnique) {
			return &r.containers[i]
		}
	}
	return nil
}

// secretsOf returns the pull secrets of a component's pod.
func (r *rendering) secretsOf(c *component) []string {
	if found := r.find(c); found != nil {
		return found.secrets
	}
	return nil
}

// makes reports whether the chart creates a pull secret whose name contains the text.
func (r *rendering) makes(name string) bool { return containsText(r.made, name) }

func containsText(names []string, text string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, text) })
}

// partsOf returns the parts that contain a marker.
func (r *rendering) partsOf(marker string, components []*component) []Part {
	var out []Part
	for _, c := range components {
		found := r.find(c)
		if found == nil {
			continue
		}
		if before, after, ok := strings.Cut(found.image, marker); ok {
			out = append(out, Part{c.Name, imagePart(before, after)})
		}
		if strings.Contains(found.policy, marker) {
			out = append(out, Part{c.Name, partPolicy})
		}
		if containsText(found.secrets, marker) {
			out = append(out, Part{c.Name, partPull})
		}
	}
	if r.makes(marker) {
		out = append(out, Part{"", partMade})
	}
	if slices.Contains(r.logins, marker) {
		out = append(out, Part{"", partLogin})
	}
	return out
}

// imagePart returns the part of an image name between two texts.
func imagePart(before, after string) string {
	switch {
	case strings.HasSuffix(before, "@"):
		return partDigest
	case strings.Contains(after, "/"):
		return partRegistry
	case strings.HasSuffix(before, ":"):
		return partTag
	}
	return partRepository
}

// changed returns the parts that differ between two renderings, and whether both have the same components.
func changed(components []*component, from, to *rendering) (out []Part, sameComponents bool) {
	sameComponents = true
	for _, c := range components {
		a, b := from.find(c), to.find(c)
		if a == nil || b == nil {
			sameComponents = sameComponents && a == b
			continue
		}
		for _, part := range []struct {
			name   string
			differ bool
		}{{partImage, a.image != b.image}, {partPolicy, a.policy != b.policy},
			{partPull, !slices.Equal(a.secrets, b.secrets)}} {
			if part.differ {
				out = append(out, Part{c.Name, part.name})
			}
		}
	}
	if !slices.Equal(from.made, to.made) {
		out = append(out, Part{"", partMade})
	}
	return out, sameComponents
}

// merged returns the parts of both, each once.
func merged(a, b []Part) []Part {
	out := slices.Clone(a)
	for _, part := range b {
		if !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}
