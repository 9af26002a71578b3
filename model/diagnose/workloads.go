package diagnose

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// reportOtherValues reports a pod of Conductor whose image or pull secrets differ from what the values give.
func (d *diagnosis) reportOtherValues(p *Pod) {
	if len(d.Wanted) == 0 || len(p.Spec.Containers) == 0 || !d.isConductor(p) {
		return
	}
	f, named := d.factsOf(p), secretNames(p.Spec.PullSecrets)
	at := slices.IndexFunc(d.Wanted, func(w Wanted) bool { // what others put into the pod may come first
		return slices.ContainsFunc(p.Spec.Containers, func(c Container) bool { return c.Image == w.Image })
	})
	switch {
	case at < 0:
		f.set("has", "the image "+p.Spec.Containers[0].Image)
		var images []string
		for _, w := range d.Wanted {
			images = append(images, w.Image)
		}
		f.set("wanted", strings.Join(images, " and "))
	case len(named) > 0 && !slices.Equal(named, d.Wanted[at].Secrets): // without its own it has its ServiceAccount's
		f.set("has", "the pull secret "+strings.Join(named, ", "))
		f.set("wanted", cmp.Or(strings.Join(d.Wanted[at].Secrets, ", "), "none"))
	default:
		return
	}
	d.add("values-not-installed", podObject(p), "", "", f)
}

// reportStale reports a pod that cannot pull and differs from its Deployment in images or pull secrets.
func (d *diagnosis) reportStale(p *Pod) bool {
	deployment := d.deploymentOf(p)
	if deployment == nil || !failsToPull(p) {
		return false
	}
	was, now := pullFields(p.Spec), pullFields(deployment.Spec.Template.Spec)
	if len(now.PullSecrets) == 0 { // the ServiceAccount's were given to the pod
		was.PullSecrets = nil
	}
	if said, differ := difference(was, now); differ {
		f := d.factsOf(p)
		f.set("name", deployment.Metadata.Name)
		f.set("was", said[0])
		f.set("now", said[1])
		d.add("pod-stale", podObject(p), "", "", f)
		return true
	}
	return false
}

// pullFields returns the fields of a pod that decide its pulls. Init containers do not count: others may have injected
// them.
func pullFields(spec PodSpec) PodSpec {
	return PodSpec{PullSecrets: spec.PullSecrets, Containers: spec.Containers}
}

// difference returns the first difference, as it was and as it is.
func difference(was, now PodSpec) (said [2]string, differ bool) {
	for _, c := range now.Containers {
		i := slices.IndexFunc(was.Containers, func(old Container) bool { return old.Name == c.Name })
		if i >= 0 && was.Containers[i].Image != c.Image {
			return [2]string{"the image " + was.Containers[i].Image, c.Image}, true
		}
	}
	old, fresh := strings.Join(secretNames(was.PullSecrets), ", "), strings.Join(secretNames(now.PullSecrets), ", ")
	return [2]string{"the pull secret " + cmp.Or(old, "(none)"), cmp.Or(fresh, "none")}, old != fresh
}

// diagnoseWorkloads reports why there are no pods, or fewer than there should be.
func (d *diagnosis) diagnoseWorkloads(none bool) {
	before := len(d.report.Findings)
	for i := range d.state.ReplicaSets {
		w := &d.state.ReplicaSets[i]
		if !d.isSelected(w) || desiredReplicas(w) <= w.Status.Replicas {
			continue
		}
		for _, e := range d.state.eventsOf("ReplicaSet", w.Metadata.Name) {
			if e.Reason == "FailedCreate" {
				f := d.facts()
				f.set("name", w.Metadata.Name)
				d.add("pods-refused", "replicaset/"+w.Metadata.Name, "", e.Message, f)
				break
			}
		}
	}
	if !none || len(d.report.Findings) > before {
		return
	}
	for i := range d.state.Deployments {
		if w := &d.state.Deployments[i]; d.isSelected(w) && desiredReplicas(w) == 0 {
			f := d.facts()
			f.set("name", w.Metadata.Name)
			d.add("pods-not-wanted", "deployment/"+w.Metadata.Name, "", "", f)
		}
	}
	if len(d.report.Findings) == before {
		f := d.facts()
		f.set("which", "Conductor")
		if d.Release != "" {
			f.set("which", "the release "+d.Release)
		}
		d.add("pods-missing", "namespace/"+d.report.Namespace, "", "", f)
	}
}

// isSelected reports whether a workload is diagnosed, by the rules of selectPods.
func (d *diagnosis) isSelected(w *Workload) bool {
	as := &Pod{Metadata: w.Metadata, Spec: w.Spec.Template.Spec}
	if d.Release == "" {
		return d.isConductor(as)
	}
	a := w.Metadata.Annotations
	return d.releaseOf(as) == d.Release || a != nil && a.Release == d.Release
}

// desiredReplicas returns how many pods a workload should have.
func desiredReplicas(w *Workload) int {
	if w.Spec.Replicas == nil {
		return 1
	}
	return *w.Spec.Replicas
}

// listUnanswered lists which questions the cluster did not answer, and what that means for the result.
func (d *diagnosis) listUnanswered() {
	for _, what := range []struct{ kind, means string }{
		{"events", "the reason of a failed pull is taken from the state of the pod only"},
		{"secrets", "pull secrets could not be compared with the images"},
		{"other secrets", "only the pull secrets that pods name were read, so another one may have the credentials"},
		{"serviceaccounts", "a ServiceAccount may have pull secrets"},
		{"replicasets", "the reason why pods are not created and the owner of a pod are unknown"},
		{"deployments", "pods may be older than the last change"},
	} {
		why, ok := d.state.Asked.Refused[what.kind]
		if ok && (why != notGiven || d.hasSecretFinding()) {
			d.report.LeftOut = append(d.report.LeftOut, fmt.Sprintf("%s: %s (%s)", what.kind, what.means, why))
		}
	}
}

// hasSecretFinding reports whether a finding is about a pull secret.
func (d *diagnosis) hasSecretFinding() bool {
	return slices.ContainsFunc(d.report.Findings, func(f Finding) bool {
		return strings.HasPrefix(f.Rule, "pull-secret-")
	})
}
