package inspect

import (
	"slices"

	"conductor-registry/model/chart"
	"conductor-registry/verify/helm"
)

// component is a container that the chart renders, and how to find it again when other values rename its pod.
type component struct {
	Name, Kind, Pod, Container string
	alone                      bool // no other pod of that kind has a container of that name
	main                       bool // what a profile calls a component: the container that a Deployment is for
}

// name finds what runs. Containers have the names that a profile has for them when its components are all there, those
// of the first profile that fits; all others are called after their container.
func name(profiles []*chart.Profile, s *seen) []*component {
	out := known(profiles, s)
	for _, pod := range s.pods {
		for i, c := range pod.Containers {
			if !slices.ContainsFunc(out, func(known *component) bool { return known.is(pod, c) }) {
				out = append(out, &component{Name: c.Name, Kind: pod.Kind, Pod: pod.Name, Container: c.Name,
					main: i == helm.Main(&pod) && helm.IsMainKind(pod.Kind, s.pods)})
			}
		}
	}
	tellApart(out)
	return out
}

// known are the components of the first profile whose pods are all there; none when none fits.
func known(profiles []*chart.Profile, s *seen) []*component {
	for _, p := range profiles {
		found := helm.Assign(p.Components, s.pods)
		if len(found) != len(p.Components) {
			continue
		}
		var out []*component
		for _, c := range p.Components {
			pod := found[c.Name]
			out = append(out, &component{Name: c.Name, Kind: pod.Kind, Pod: pod.Name,
				Container: pod.Containers[helm.Main(pod)].Name, main: true})
		}
		return out
	}
	return nil
}

// tellApart gives components of one name that of their pod too.
func tellApart(all []*component) {
	for i, c := range all {
		c.alone = true
		for j, other := range all {
			if i != j && other.Kind == c.Kind && other.Container == c.Container {
				c.alone = false
			}
			if j < i && other.Name == c.Name {
				c.Name = c.Pod + "/" + c.Container
			}
		}
	}
}

func (c *component) is(pod helm.Pod, container helm.Container) bool {
	return c.Kind == pod.Kind && c.Pod == pod.Name && c.Container == container.Name
}
