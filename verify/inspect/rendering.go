package inspect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/verify/helm"
)

// rendering holds what the chart renders with some values, or helm's error.
type rendering struct {
	refused    string      // in helm's words; "" when it rendered
	containers []Component // each named after its container
	made       []string    // the names of the pull secrets that the chart creates, sorted
	logins     []string    // the markers in their content
	pods       []helm.Pod
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
	return cmp.Or(map[string]string{partPolicy: "pull policy", partPull: "pull secret",
		partMade: "name of the created secret", partLogin: "credentials in the created secret"}[part], part)
}

// place returns the part, or the tag for a digest: both have one place in an image name, and one of them wins.
func (p Part) place() Part {
	if p.Name == partDigest {
		p.Name = partTag
	}
	return p
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
		secrets := append([]string{}, model.Map(pod.PullSecrets, func(name any) string { return fmt.Sprint(name) })...)
		for _, c := range pod.Containers {
			out.containers = append(out.containers, Component{Name: c.Name, Kind: pod.Kind, Pod: pod.Name, Container: c.Name,
				Image: fmt.Sprint(c.Image), PullPolicy: fmt.Sprint(c.PullPolicy), PullSecrets: secrets})
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

// find returns a component as it is in this rendering; the zero Component when it is missing.
func (r *rendering) find(c *component) Component {
	for _, found := range r.containers {
		if found.Container == c.Container && found.Kind == c.Kind && (found.Pod == c.Pod || c.isUnique) {
			return found
		}
	}
	return Component{}
}

// makes reports whether the chart creates a pull secret whose name contains the text.
func (r *rendering) makes(name string) bool { return indexOf(r.made, name) >= 0 }

// indexOf returns the place of the first name that contains the text, or -1.
func indexOf(names []string, text string) int {
	return slices.IndexFunc(names, func(name string) bool { return strings.Contains(name, text) })
}

// partsOf returns the parts that contain a marker.
func (r *rendering) partsOf(marker string, components []*component) []Part {
	var out []Part
	for _, c := range components {
		found := r.find(c)
		if before, after, ok := strings.Cut(found.Image, marker); ok {
			out = append(out, Part{c.Name, imagePart(before, after)})
		}
		if strings.Contains(found.PullPolicy, marker) {
			out = append(out, Part{c.Name, partPolicy})
		}
		if indexOf(found.PullSecrets, marker) >= 0 {
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
		switch {
		case a.Container == "" || b.Container == "":
			sameComponents = sameComponents && a.Container == b.Container
			continue
		case a.Image != b.Image:
			out = append(out, Part{c.Name, partImage})
		}
		if a.PullPolicy != b.PullPolicy {
			out = append(out, Part{c.Name, partPolicy})
		}
		if !slices.Equal(a.PullSecrets, b.PullSecrets) {
			out = append(out, Part{c.Name, partPull})
		}
	}
	if !slices.Equal(from.made, to.made) {
		out = append(out, Part{"", partMade})
	}
	return out, sameComponents
}
