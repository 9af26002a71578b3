package inspect

import (
	"slices"

	"conductor-registry/model/chart"
	"conductor-registry/verify/helm"
)

// component is a container that the chart renders, and how to find it when other values rename its pod.
type component struct {
	Name, Kind, Pod, Container string
	isUnique                   bool            // no other pod of that kind has a container of that name
	isMain                     bool            // profiles list it: the container that a workload is for
	chains                     chart.Component // what sets its image and policy
}

// nameComponents returns all containers. They have the names of the first profile whose components are all there;
// others are named after their container.
func nameComponents(profiles []*chart.Profile, r *rendering) []*component {
	out := knownComponents(profiles, r)
	for i := range r.pods {
		pod := &r.pods[i]
		for j, c := range pod.Containers {
			if !slices.ContainsFunc(out, func(known *component) bool {
				return known.Kind == pod.Kind && known.Pod == pod.Name && known.Container == c.Name
			}) {
				out = append(out, &component{Name: c.Name, Kind: pod.Kind, Pod: pod.Name, Container: c.Name,
					isMain: pod.RunsComponent && &pod.Containers[j] == pod.Main()})
			}
		}
	}
	for i, c := range out {
		c.isUnique = true
		for j, other := range out {
			if i != j && other.Kind == c.Kind && other.Container == c.Container {
				c.isUnique = false
			}
			if j < i && other.Name == c.Name {
				c.Name = c.Pod + "/" + c.Container
			}
		}
	}
	return out
}

func knownComponents(profiles []*chart.Profile, r *rendering) []*component {
	for _, p := range profiles {
		found := helm.Assign(p.Components, r.pods)
		if len(found) != len(p.Components) {
			continue
		}
		var out []*component
		for _, c := range p.Components {
			pod := found[c.Name]
			out = append(out, &component{Name: c.Name, Kind: pod.Kind, Pod: pod.Name, Container: pod.Main().Name,
				isMain: true})
		}
		return out
	}
	return nil
}
