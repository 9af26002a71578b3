package verify

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/verify/helm"
)

// compare fills the report with what both say.
func (r *Report) compare(profile *chart.Profile, resolution *chart.Resolution, rendered *helm.Rendered) {
	found := helm.Assign(profile.Components, rendered.Pods)
	for _, c := range profile.Components {
		r.component(c.Name, resolution.Components[c.Name], found[c.Name])
	}
	made, renderedMade := []any{}, []any{}
	for _, s := range resolution.Secrets {
		made = append(made, s.Name)
	}
	for _, s := range rendered.Secrets {
		renderedMade = append(renderedMade, s.Name)
	}
	r.add(Field{Name: "secrets", Resolved: sorted(made), Rendered: sorted(renderedMade)})
	r.Agrees = !slices.ContainsFunc(r.Fields, func(f Field) bool { return !f.Agrees })
	r.others(profile, rendered.Pods, found)
}

func (r *Report) component(name string, resolved *chart.ResolvedComponent, pod *helm.Pod) {
	if pod == nil || len(pod.Containers) == 0 {
		r.add(Field{Component: name, Name: "image", Resolved: resolved.Image, Rendered: nil})
		return
	}
	t := resolved.Trace
	for _, c := range pod.Containers[helm.Main(pod):][:1] {
		r.add(Field{Component: name, Name: "image", Resolved: resolved.Image, Rendered: c.Image,
			From: from(t.Registry, t.Repository, t.Tag)})
		r.add(Field{Component: name, Name: "pullPolicy", Resolved: resolved.PullPolicy, Rendered: c.PullPolicy,
			From: t.PullPolicy.From})
	}
	r.add(Field{Component: name, Name: "pullSecrets", Resolved: resolved.PullSecrets, Rendered: pod.PullSecrets,
		From: t.PullSecrets.From})
}

// from names the keys that decided an image.
func from(parts ...chart.Origin) string {
	var out []string
	for _, part := range parts {
		if part.From != "" && part.Value != "" {
			out = append(out, part.From)
		}
	}
	return strings.Join(out, " + ")
}

func (r *Report) add(f Field) {
	f.Agrees = fmt.Sprintf("%#v", f.Resolved) == fmt.Sprintf("%#v", f.Rendered)
	r.Fields = append(r.Fields, f)
}

// sorted orders names as text: which secret is rendered first says nothing.
func sorted(names []any) []any {
	slices.SortFunc(names, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return names
}

// others lists the containers that no component explains.
func (r *Report) others(profile *chart.Profile, all []helm.Pod, assigned map[string]*helm.Pod) {
	known := map[any]bool{}
	for _, f := range r.Fields {
		if f.Name == "image" {
			known[f.Rendered] = true
		}
	}
	for i, pod := range all {
		main := -1
		for _, c := range profile.Components {
			if assigned[c.Name] == &all[i] {
				main = helm.Main(&pod)
			}
		}
		for j, c := range pod.Containers {
			if j != main {
				r.Others = append(r.Others, Other{pod.Kind, pod.Name, c.Name, c.Image, known[c.Image]})
			}
		}
	}
}
