package diagnose

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
)

// selectPods returns the pods of the release; without a release those of Conductor by label, container or image, and
// all others that cannot pull. Pods that are being deleted are left out.
func (d *diagnosis) selectPods() []Pod {
	var out []Pod
	for _, p := range d.State.Pods {
		switch {
		case p.Metadata.Deleted != "" || !d.isInNamespace(p.Metadata.Namespace):
		case d.Release != "" && d.releaseOf(p.Metadata) != d.Release:
		case d.Release == "" && !d.isConductor(p.Metadata, p.Spec) && !failsToPull(&p):
		default:
			out = append(out, p)
		}
	}
	return out
}

// isInNamespace reports whether a namespace is the diagnosed one. An object without a namespace is in it.
func (d *diagnosis) isInNamespace(namespace string) bool {
	return namespace == "" || namespace == d.namespace
}

// releaseOf returns the release of an object: from its label, or from what Helm wrote on it, its ReplicaSet or its
// Deployment, because the charts label the workers' pods with their own name only.
func (d *diagnosis) releaseOf(m Meta) string {
	set := owner(m, "ReplicaSet", d.State.ReplicaSets)
	return cmp.Or(m.Labels["app.kubernetes.io/instance"], m.Annotations.Release, set.Metadata.Annotations.Release,
		owner(set.Metadata, "Deployment", d.State.Deployments).Metadata.Annotations.Release)
}

// isBeside reports whether two objects are in one namespace; an object without one is in any.
func (m Meta) isBeside(other Meta) bool {
	return m.Namespace == "" || other.Namespace == "" || m.Namespace == other.Namespace
}

// deploymentOf returns the Deployment of a pod; an empty one for a pod without.
func (d *diagnosis) deploymentOf(p *Pod) Workload {
	set := owner(p.Metadata, "ReplicaSet", d.State.ReplicaSets)
	return owner(set.Metadata, "Deployment", d.State.Deployments)
}

// owner returns the owner of an object among the workloads of a kind; an empty one for an object without.
func owner(of Meta, kind string, workloads []Workload) Workload {
	for _, o := range of.Owners {
		i := slices.IndexFunc(workloads, func(w Workload) bool {
			return w.Metadata.Name == o.Name && w.Metadata.isBeside(of)
		})
		if o.Kind == kind && i >= 0 {
			return workloads[i]
		}
	}
	return Workload{}
}

// isConductor reports whether a pod or workload is of a known chart: by its labels, or by the product's name in its own
// name, a container or an image.
func (d *diagnosis) isConductor(m Meta, spec PodSpec) bool {
	return slices.ContainsFunc(d.Catalog.Charts.All(), func(c *chart.Profile) bool {
		return strings.HasPrefix(m.Labels[chartLabel], c.Name+"-") || m.Labels["app.kubernetes.io/name"] == c.Name
	}) || isProduct(m.Name) || slices.ContainsFunc(spec.Containers, func(c Container) bool {
		return isProduct(c.Name) || strings.Contains(c.Image, "conductor")
	})
}

func isProduct(name string) bool {
	return strings.Contains(name, "conductor") || strings.Contains(name, "orkes")
}

// secretSettings returns which value names an existing pull secret, for the installed chart or for each known one; ""
// when the installed chart has none. key is the value path of the installed chart; "" without one.
func (d *diagnosis) secretSettings() (text, key string) {
	charts := d.Catalog.Charts.All()
	installed := d.profile()
	if installed != nil {
		charts = []*chart.Profile{installed}
	}
	var where []string
	for _, p := range charts {
		for _, path := range p.SecretKeys() {
			where = append(where, fmt.Sprintf("%s in chart %s", path, p.ID))
			if installed != nil {
				key = path
			}
		}
	}
	return strings.Join(where, ", "), key
}

// credentialsTable returns the values from which the chart creates a pull secret of that name; those of the default
// chart when it is unknown which one is installed.
func (d *diagnosis) credentialsTable(name string) string {
	p := d.profile()
	if p == nil {
		p = d.Catalog.Charts.Default()
	}
	tables := model.Map(p.Logins, func(l chart.Login) string { return strings.TrimSuffix(l.Table, "[]") })
	if len(tables) > 1 && p.OwnsSecret(name) {
		tables = tables[:1]
	}
	return strings.Join(tables, " or ")
}

// isChartSecret reports whether a chart creates a pull secret: it has a name that only charts give, or Helm wrote it.
func (d *diagnosis) isChartSecret(name string) bool {
	if held := d.findSecret(name); held != nil && held.Metadata.Annotations.Release != "" {
		return true
	}
	return slices.ContainsFunc(d.Catalog.Charts.All(), func(p *chart.Profile) bool { return p.OwnsSecret(name) })
}
