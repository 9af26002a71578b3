package inspect

import (
	"cmp"
	"slices"

	"conductor-registry/model/chart"
	"conductor-registry/verify/helm"
)

// component is a container of the chart as it is, and how to find it when other values rename its pod.
type component struct {
	Component
	isUnique bool            // no other pod of that kind has a container of that name
	isMain   bool            // profiles list it: the container that a workload is for
	chains   chart.Component // what sets its image and policy
}

// nameComponents returns all containers. They have the names of the first profile whose components are all there, and
// its order; others come after them, named after their container.
func nameComponents(profiles []*chart.Profile, r *rendering) []*component {
	known, order := knownComponents(profiles, r.pods)
	var out []*component
	for i := range r.pods {
		pod := &r.pods[i]
		for j := range pod.Containers {
			c := &component{Component: r.containers[len(out)], isMain: pod.RunsComponent && &pod.Containers[j] == pod.Main()}
			c.Name = cmp.Or(known[&pod.Containers[j]], c.Container)
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *component) int {
		return cmp.Compare(slices.Index(order, b.Name), slices.Index(order, a.Name))
	})
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

// knownComponents returns the component that each main container runs, and the components' names in reverse order, so
// that a name that is not among them is the last; nothing when no profile fits.
func knownComponents(profiles []*chart.Profile, pods []helm.Pod) (map[*helm.Container]string, []string) {
	for _, p := range profiles {
		found := helm.Assign(p.Components, pods)
		if len(found) != len(p.Components) {
			continue
		}
		names, order := map[*helm.Container]string{}, []string{}
		for _, c := range slices.Backward(p.Components) {
			names[found[c.Name].Main()] = c.Name
			order = append(order, c.Name)
		}
		return names, order
	}
	return nil, nil
}
