package verify

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/verify/helm"
)

// compare fills the report with both sides.
func (r *Report) compare(profile *chart.Profile, resolution *chart.Resolution, rendered *helm.Rendered) {
	pods := helm.Assign(profile.Components, rendered.Pods)
	parts := []chart.Part{chart.ImagePart, chart.PullPolicyPart, chart.PullSecretsPart}
	for _, d := range chart.Compare(resolution, renderedResolution(pods), parts...) {
		r.Fields = append(r.Fields, Field{Component: d.Component, Name: string(d.Part), Resolved: d.Want, Rendered: d.Got,
			From: keysOf(d.WantFrom), Agrees: d.Equal()})
	}
	created, renderedNames := []any{}, []any{}
	for _, s := range resolution.Secrets {
		created = append(created, s.Name)
	}
	for _, s := range rendered.Secrets {
		renderedNames = append(renderedNames, s.Name)
	}
	d := chart.Difference{Want: sorted(created), Got: sorted(renderedNames)}
	r.Fields = append(r.Fields, Field{Name: "secrets", Resolved: d.Want, Rendered: d.Got, Agrees: d.Equal()})
	r.Agrees = !slices.ContainsFunc(r.Fields, func(f Field) bool { return !f.Agrees })
	r.addOthers(rendered.Pods, pods)
}

// renderedResolution returns what helm rendered for each component as a resolution, without origins.
func renderedResolution(pods map[string]*helm.Pod) *chart.Resolution {
	out := &chart.Resolution{Components: map[string]*chart.ResolvedComponent{}}
	for name, pod := range pods {
		c := pod.Main()
		image, isText := c.Image.(string)
		if !isText {
			image = fmt.Sprintf("%v (not a string)", c.Image)
		}
		out.Components[name] = &chart.ResolvedComponent{Image: image, PullPolicy: c.PullPolicy, PullSecrets: pod.PullSecrets}
	}
	return out
}

// keysOf returns the keys that decided a part. Of several only those with a value count.
func keysOf(origins []chart.Origin) string {
	var out []string
	for _, o := range origins {
		if o.From != "" && (len(origins) == 1 || o.Value != "") {
			out = append(out, o.From)
		}
	}
	return strings.Join(out, " + ")
}

// sorted sorts names as text: the order of rendered secrets does not matter.
func sorted(names []any) []any {
	slices.SortFunc(names, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return names
}

// addOthers lists the containers that are not the main container of a component's pod.
func (r *Report) addOthers(all []helm.Pod, assigned map[string]*helm.Pod) {
	known, components := map[any]bool{}, map[*helm.Container]bool{}
	for _, pod := range assigned {
		known[pod.Main().Image], components[pod.Main()] = true, true
	}
	for _, pod := range all {
		for i, c := range pod.Containers {
			if !components[&pod.Containers[i]] {
				r.Others = append(r.Others, Other{pod.Kind, pod.Name, c.Name, c.Image, known[c.Image]})
			}
		}
	}
}
