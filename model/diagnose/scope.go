package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// scope are the pods to look at: those of the release; without one those that are Conductor's by label, container or
// image, and all others that can't pull. Pods that are going away are not.
func (s *subject) scope() []Pod {
	var out []Pod
	for _, p := range s.state.Pods {
		switch {
		case p.Metadata.Deleted != "" || !s.here(p.Metadata.Namespace):
		case s.Release != "" && s.releaseOf(&p) != s.Release:
		case s.Release == "" && !s.isConductor(&p) && !failsToPull(&p):
		default:
			out = append(out, p)
		}
	}
	return out
}

// here tells whether a namespace is the one that is looked at.
func (s *subject) here(namespace string) bool {
	return namespace == "" || namespace == s.report.Namespace
}

// releaseOf is the release that a pod belongs to: its label, or what Helm wrote on its Deployment, which its ReplicaSet
// has too. The charts label the workers' pods with their own name only.
func (s *subject) releaseOf(p *Pod) string {
	if release := p.Metadata.Labels["app.kubernetes.io/instance"]; release != "" {
		return release
	}
	for _, w := range []*Workload{s.replicaSetOf(p), s.deploymentOf(p)} {
		if w != nil && w.Metadata.Annotations != nil && w.Metadata.Annotations.Release != "" {
			return w.Metadata.Annotations.Release
		}
	}
	return ""
}

func (s *subject) replicaSetOf(p *Pod) *Workload {
	return owner(p.Metadata, "ReplicaSet", s.state.ReplicaSets)
}

func (s *subject) deploymentOf(p *Pod) *Workload {
	set := s.replicaSetOf(p)
	if set == nil {
		return nil
	}
	return owner(set.Metadata, "Deployment", s.state.Deployments)
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
func (s *subject) isConductor(p *Pod) bool {
	if s.isChart(p.Metadata.Labels) {
		return true
	}
	return slices.ContainsFunc(p.Spec.Containers, func(c Container) bool {
		return strings.Contains(c.Name+" "+c.Image, "conductor") || strings.Contains(c.Name, "orkes")
	})
}

// isChart tells whether labels are those of a chart that is known.
func (s *subject) isChart(labels map[string]string) bool {
	return slices.ContainsFunc(s.Catalog.Charts, func(c *chart.Profile) bool {
		return strings.HasPrefix(labels["helm.sh/chart"], c.Name+"-") || labels["app.kubernetes.io/name"] == c.Name
	})
}

// profile is the chart that a pod, or any Deployment of the namespace, says it is of; nil when none does.
func (s *subject) profile() *chart.Profile {
	for _, d := range s.state.Deployments {
		for _, p := range s.Catalog.Charts {
			version, ok := strings.CutPrefix(d.Metadata.Labels["helm.sh/chart"], p.Name+"-")
			if !ok {
				continue
			}
			if found, err := s.Catalog.Chart(version); err == nil {
				return found
			}
		}
	}
	return nil
}

// whereSecretIsNamed says for each chart, or for the one that is installed, which value names a pull secret that
// exists; key is that of the installed one.
func (s *subject) whereSecretIsNamed() (text, key string) {
	charts := s.Catalog.Charts
	installed := s.profile()
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
func (s *subject) chartsOwn(name string) bool {
	return slices.ContainsFunc(s.Catalog.Charts, func(p *chart.Profile) bool {
		return slices.ContainsFunc(p.Secrets, func(made chart.Secret) bool { return made.Literal == name && name != "" })
	})
}
