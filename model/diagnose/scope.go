package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// scope are the pods to look at: those of the release; without one those that are Conductor's by label, container or
// image, and all others that can't pull. Pods that are going away are not.
func (d *diagnosis) selectPods() []Pod {
	var out []Pod
	for _, p := range d.state.Pods {
		switch {
		case p.Metadata.Deleted != "" || !d.isInNamespace(p.Metadata.Namespace):
		case d.Release != "" && d.releaseOf(&p) != d.Release:
		case d.Release == "" && !d.isConductor(&p) && !failsToPull(&p):
		default:
			out = append(out, p)
		}
	}
	return out
}

// here tells whether a namespace is the one that is looked at.
func (d *diagnosis) isInNamespace(namespace string) bool {
	return namespace == "" || namespace == d.report.Namespace
}

// releaseOf is the release that a pod belongs to: its label, or what Helm wrote on its Deployment, which its ReplicaSet
// has too. The charts label the workers' pods with their own name only.
func (d *diagnosis) releaseOf(p *Pod) string {
	if release := p.Metadata.Labels["app.kubernetes.io/instance"]; release != "" {
		return release
	}
	for _, w := range []*Workload{d.replicaSetOf(p), d.deploymentOf(p)} {
		if w != nil && w.Metadata.Annotations != nil && w.Metadata.Annotations.Release != "" {
			return w.Metadata.Annotations.Release
		}
	}
	return ""
}

func (d *diagnosis) replicaSetOf(p *Pod) *Workload {
	return owner(p.Metadata, "ReplicaSet", d.state.ReplicaSets)
}

func (d *diagnosis) deploymentOf(p *Pod) *Workload {
	set := d.replicaSetOf(p)
	if set == nil {
		return nil
	}
	return owner(set.Metadata, "Deployment", d.state.Deployments)
}

func owner(of Meta, kind string, workloads []Workload) *Workload {
	for _, o := range of.Owners {
		i := slices.IndexFunc(workloads, func(w Workload) bool { return w.Metadata.Name == o.Name })
		if o.Kind == kind && i >= 0 {
			return &workloads[i]
		}
	}
	return nil
}

// isConductor tells whether a pod is one of the chart's, by the chart's name in its labels or its product's in the name
// of a container or an image.
func (d *diagnosis) isConductor(p *Pod) bool {
	if d.hasChartLabels(p.Metadata.Labels) {
		return true
	}
	return slices.ContainsFunc(p.Spec.Containers, func(c Container) bool {
		return strings.Contains(c.Name+" "+c.Image, "conductor") || strings.Contains(c.Name, "orkes")
	})
}

// isChart tells whether labels are those of a chart that is known.
func (d *diagnosis) hasChartLabels(labels map[string]string) bool {
	return slices.ContainsFunc(d.Catalog.Charts, func(c *chart.Profile) bool {
		return strings.HasPrefix(labels["helm.sh/chart"], c.Name+"-") || labels["app.kubernetes.io/name"] == c.Name
	})
}

// profile is the chart that a pod, or any Deployment of the namespace, says it is of; nil when none does.
func (d *diagnosis) profile() *chart.Profile {
	for _, deployment := range d.state.Deployments {
		for _, p := range d.Catalog.Charts {
			version, ok := strings.CutPrefix(deployment.Metadata.Labels["helm.sh/chart"], p.Name+"-")
			if !ok {
				continue
			}
			if found, err := d.Catalog.Chart(version); err == nil {
				return found
			}
		}
	}
	return nil
}

// whereSecretIsNamed says for each chart, or for the one that is installed, which value names a pull secret that
// exists; key is that of the installed one.
func (d *diagnosis) secretSettings() (text, key string) {
	charts := d.Catalog.Charts
	installed := d.profile()
	if installed != nil {
		charts = []*chart.Profile{installed}
	}
	const existing = "existing" // the pull-secret method, as answers call it
	var where []string
	for _, p := range charts {
		for _, setting := range p.Settings {
			if setting.Value == "secret.name" && slices.Contains(setting.Methods, existing) {
				where = append(where, fmt.Sprintf("%s in chart %s", setting.Path, p.ID))
				if installed != nil {
					key = setting.Path
				}
			}
		}
	}
	if len(where) == 0 && installed != nil {
		return "nowhere in chart " + installed.ID + ", since " + installed.Method(existing).Missing, ""
	}
	return strings.Join(where, ", "), key
}

// chartsOwn tells whether a pull secret has the name of one that a chart makes.
func (d *diagnosis) isChartSecret(name string) bool {
	return slices.ContainsFunc(d.Catalog.Charts, func(p *chart.Profile) bool {
		return slices.ContainsFunc(p.Secrets, func(made chart.Secret) bool { return made.Literal == name && name != "" })
	})
}
