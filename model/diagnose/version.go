package diagnose

import (
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
)

const (
	chartLabel = "helm.sh/chart"             // NAME-VERSION
	appLabel   = "app.kubernetes.io/version" // the chart's appVersion
)

// profile returns the chart that is installed in the namespace; nil when nothing says which. Its version is in the
// labels of Deployments or pods, else its appVersion is, else its Deployments have containers that no other chart has.
func (d *diagnosis) profile() *chart.Profile {
	workloads := d.workloads()
	for _, find := range []func(podTemplate) *chart.Profile{d.byChart, d.byAppVersion} {
		for _, w := range workloads {
			if p := find(w); p != nil {
				return p
			}
		}
	}
	return d.byContainers(workloads)
}

// podTemplate holds the fields of a pod template that diagnose reads.
type podTemplate struct {
	meta Meta
	spec PodSpec
}

// workloads returns the Deployments of the namespace, then its pods.
func (d *diagnosis) workloads() []podTemplate {
	ofWorkload := func(w Workload) podTemplate { return podTemplate{w.Metadata, w.Spec.Template.Spec} }
	ofPod := func(p Pod) podTemplate { return podTemplate{p.Metadata, p.Spec} }
	all := append(model.Map(d.State.Deployments, ofWorkload), model.Map(d.State.Pods, ofPod)...)
	return slices.DeleteFunc(all, func(w podTemplate) bool {
		return !d.isInNamespace(w.meta.Namespace) || !d.isConductor(w.meta, w.spec)
	})
}

func (d *diagnosis) byChart(w podTemplate) *chart.Profile {
	for _, p := range d.Catalog.Charts.All() {
		version, ok := strings.CutPrefix(w.meta.Labels[chartLabel], p.Name+"-")
		if !ok {
			continue
		}
		if found, err := d.Catalog.Chart(version); err == nil {
			return found
		}
		return chart.Nearest(d.Catalog.Charts.All(), version)
	}
	return nil
}

// byAppVersion returns the chart whose releases have the appVersion of a workload; nil when several charts have it.
func (d *diagnosis) byAppVersion(w podTemplate) *chart.Profile {
	var found *chart.Profile
	for _, p := range d.Catalog.Charts.All() {
		for _, version := range p.Releases {
			if version != w.meta.Labels[appLabel] {
				continue
			}
			if found != nil && found != p {
				return nil
			}
			found = p
		}
	}
	return found
}

// byContainers returns the chart with the most containers or names that are found; nil when two are equally likely.
func (d *diagnosis) byContainers(workloads []podTemplate) *chart.Profile {
	var best *chart.Profile
	most := 0
	for _, p := range d.Catalog.Charts.All() {
		found := 0
		for _, c := range p.Components {
			if slices.ContainsFunc(workloads, func(w podTemplate) bool { return w.isOf(c.Pod) }) {
				found++
			}
		}
		switch {
		case found > most:
			best, most = p, found
		case found == most:
			best = nil
		}
	}
	return best
}

// isOf reports whether a workload has the container or the name of a component's pod.
func (w podTemplate) isOf(p chart.Pod) bool {
	return p.Suffix != "" && strings.HasSuffix(w.meta.Name, p.Suffix) ||
		p.Container != "" && slices.ContainsFunc(w.spec.Containers, func(c Container) bool { return c.Name == p.Container })
}
