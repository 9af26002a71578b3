package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// selectPods returns the pods of the release; without a release those of Conductor by label, container or image, and
// all others that cannot pull. Pods that are being deleted are left out.
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

// isInNamespace reports whether a namespace is the diagnosed one. An object without a namespace is in it.
func (d *diagnosis) isInNamespace(namespace string) bool {
	return namespace == "" || namespace == d.report.Namespace
}

// releaseOf returns the release of a pod: from its label, or from what Helm wrote on its Deployment or ReplicaSet,
// because the charts label the workers' pods with their own name only.
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

// isConductor reports whether a pod is of the chart: by its labels, or by the product's name in a container or an
// image.
func (d *diagnosis) isConductor(p *Pod) bool {
	if d.hasChartLabels(p.Metadata.Labels) {
		return true
	}
	return slices.ContainsFunc(p.Spec.Containers, func(c Container) bool {
		return strings.Contains(c.Name+" "+c.Image, "conductor") || strings.Contains(c.Name, "orkes")
	})
}

// hasChartLabels reports whether labels are those of a known chart.
func (d *diagnosis) hasChartLabels(labels map[string]string) bool {
	return slices.ContainsFunc(d.Catalog.Charts, func(c *chart.Profile) bool {
		return strings.HasPrefix(labels["helm.sh/chart"], c.Name+"-") || labels["app.kubernetes.io/name"] == c.Name
	})
}

// profile returns the chart that a Deployment of the namespace says it is of; nil when none does.
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

// secretSettings returns which value names an existing pull secret, for the installed chart or for each known one. key
// is the value path of the installed chart; "" without one.
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
		return "none in chart " + installed.ID + ", since " + installed.Method(existing).Missing, ""
	}
	return strings.Join(where, ", "), key
}

// isChartSecret reports whether a pull secret has the name of one that a chart creates.
func (d *diagnosis) isChartSecret(name string) bool {
	return slices.ContainsFunc(d.Catalog.Charts, func(p *chart.Profile) bool {
		return slices.ContainsFunc(p.Secrets, func(made chart.Secret) bool { return made.Literal == name && name != "" })
	})
}
