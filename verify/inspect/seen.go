package inspect

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/verify/helm"
)

// seen is what one rendering shows, or why helm refused.
type seen struct {
	refused  string // in helm's words; "" when it rendered
	programs []program
	made     []string // the names of the pull secrets that are made, sorted
	logins   []string // the markers that are in one of their logins
	pods     []helm.Pod
}

// program is a container of a pod.
type program struct {
	kind, pod, container string
	image, policy        string
	secrets              []string
}

// The parts that a value can reach. Those of a component are an image's or its pod's, the others the chart's.
const (
	partRegistry   = "registry"
	partRepository = "repository"
	partTag        = "tag"
	partDigest     = "digest"
	partImage      = "image" // which part of it can't be told
	partPolicy     = "pullPolicy"
	partPull       = "pullSecret"
	partMade       = "madeSecret" // the name of a pull secret that the chart makes
	partLogin      = "login"      // what is in one
)

// Part is a place that a value can reach.
type Part struct {
	Component string `json:"component,omitempty"` // "" for what the chart has once
	Name      string `json:"part"`
}

func (p Part) ofImage() bool {
	return slices.Contains([]string{partRegistry, partRepository, partTag, partDigest, partPolicy}, p.Name)
}

// marker is a text that is a host, a path, a tag, a policy and a secret's name, and part of no other marker.
func marker(i int) string { return fmt.Sprintf("probe%03dx", i) }

func look(stream []byte, markers []string) (*seen, error) {
	rendered, err := helm.ParseManifests(stream)
	if err != nil {
		return nil, err
	}
	out := &seen{pods: rendered.Pods}
	for _, pod := range rendered.Pods {
		var secrets []string
		for _, name := range pod.PullSecrets {
			secrets = append(secrets, fmt.Sprint(name))
		}
		for _, c := range pod.Containers {
			out.programs = append(out.programs, program{pod.Kind, pod.Name, c.Name, fmt.Sprint(c.Image),
				fmt.Sprint(c.PullPolicy), secrets})
		}
	}
	for _, secret := range rendered.Secrets {
		out.made = append(out.made, fmt.Sprint(secret.Name))
	}
	slices.Sort(out.made)
	out.logins, err = helm.InLogins(stream, markers)
	return out, err
}

// find is the container of a component in this rendering; nil when it has none.
func (s *seen) find(c *component) *program {
	for i, p := range s.programs {
		if p.container == c.Container && p.kind == c.Kind && (p.pod == c.Pod || c.alone) {
			return &s.programs[i]
		}
	}
	return nil
}

// reached are the parts that a marker is in.
func (s *seen) reached(components []*component, marker string) []Part {
	var out []Part
	for _, c := range components {
		p := s.find(c)
		if p == nil {
			continue
		}
		if before, after, ok := strings.Cut(p.image, marker); ok {
			out = append(out, Part{c.Name, partOf(before, after)})
		}
		if strings.Contains(p.policy, marker) {
			out = append(out, Part{c.Name, partPolicy})
		}
		if slices.ContainsFunc(p.secrets, func(name string) bool { return strings.Contains(name, marker) }) {
			out = append(out, Part{c.Name, partPull})
		}
	}
	if slices.ContainsFunc(s.made, func(name string) bool { return strings.Contains(name, marker) }) {
		out = append(out, Part{"", partMade})
	}
	if slices.Contains(s.logins, marker) {
		out = append(out, Part{"", partLogin})
	}
	return out
}

// partOf is the part of an image name that stands between two texts.
func partOf(before, after string) string {
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

// changed are the parts in which two renderings differ.
func changed(components []*component, from, to *seen) []Part {
	var out []Part
	for _, c := range components {
		a, b := from.find(c), to.find(c)
		if a == nil || b == nil {
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
	return out
}
