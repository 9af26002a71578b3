package diagnose

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"conductor-registry/model"
)

// reportOtherValues reports a pod of Conductor whose image or pull secrets differ from what the values give.
func (d *diagnosis) reportOtherValues(p *Pod) {
	if len(d.Wanted) == 0 || len(p.Spec.Containers) == 0 || !d.isConductor(p.Metadata, p.Spec) {
		return
	}
	f, named := d.factsOf(p), secretNames(p.Spec.PullSecrets)
	at := slices.IndexFunc(d.Wanted, func(w Wanted) bool { // an injected container may come first
		return slices.ContainsFunc(p.Spec.Containers, func(c Container) bool { return c.Image == w.Image })
	})
	switch {
	case at < 0:
		f.set("has", "the image "+p.Spec.Containers[0].Image)
		f.set("wanted", strings.Join(model.Map(d.Wanted, func(w Wanted) string { return w.Image }), " and "))
	case len(named) > 0 && !slices.Equal(named, d.Wanted[at].Secrets): // a pod without its own gets its ServiceAccount's
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
	if deployment.Kind == "" || !failsToPull(p) {
		return false
	}
	before, after := difference(p.Spec, deployment.Spec.Template.Spec)
	if before == "" {
		return false
	}
	f := d.factsOf(p)
	f.set("name", deployment.Metadata.Name)
	f.set("was", before)
	f.set("now", after)
	d.add("pod-stale", podObject(p), "", "", f)
	return true
}

// difference returns the first difference in images or pull secrets in words, before and after; "" without one. Init
// containers do not count, since others may have injected them. A pod without its own pull secrets has those of its
// ServiceAccount.
func difference(was, now PodSpec) (before, after string) {
	for _, c := range now.Containers {
		i := slices.IndexFunc(was.Containers, func(old Container) bool { return old.Name == c.Name })
		if i >= 0 && was.Containers[i].Image != c.Image {
			return "the image " + was.Containers[i].Image, c.Image
		}
	}
	before, after = strings.Join(secretNames(was.PullSecrets), ", "), strings.Join(secretNames(now.PullSecrets), ", ")
	if before == after || len(now.PullSecrets) == 0 {
		return "", ""
	}
	return "the pull secret " + cmp.Or(before, "(none)"), cmp.Or(after, "none")
}

// hasWorkloads reports whether the namespace has ReplicaSets or Deployments to diagnose.
func (d *diagnosis) hasWorkloads() bool {
	return slices.ContainsFunc(slices.Concat(d.State.ReplicaSets, d.State.Deployments), func(w Workload) bool {
		return d.isSelected(&w)
	})
}

// diagnoseWorkloads reports why there are no pods, or fewer than there should be.
func (d *diagnosis) diagnoseWorkloads(none bool) {
	before := len(d.report.Findings)
	for i := range d.State.ReplicaSets {
		if w := &d.State.ReplicaSets[i]; d.isSelected(w) && desiredReplicas(w) > w.Status.Replicas {
			d.reportRefusedPods(w)
		}
	}
	if !none || len(d.report.Findings) > before {
		return
	}
	for i := range d.State.Deployments {
		if w := &d.State.Deployments[i]; d.isSelected(w) && desiredReplicas(w) == 0 {
			d.add("pods-not-wanted", "deployment/"+w.Metadata.Name, "", "", d.workloadFacts(w))
		}
	}
	if len(d.report.Findings) == before {
		f := d.facts()
		f.set("which", "Conductor")
		if d.Release != "" {
			f.set("which", "the release "+d.Release)
		}
		d.add("pods-missing", "namespace/"+d.namespace, "", "", f)
	}
}

// refusedImage matches the API server's refusal of an image name, and the reason.
var refusedImage = regexp.MustCompile(`spec\.(?:initContainers|containers)\[\d+\]\.image: ` +
	`(?:Invalid value: "([^"]*)": )?(.*)`)

// reportRefusedPods reports that the API server refuses the pods of a ReplicaSet.
func (d *diagnosis) reportRefusedPods(w *Workload) {
	said := d.refusalOf(w)
	if said == "" {
		return
	}
	f, object := d.workloadFacts(w), "replicaset/"+w.Metadata.Name
	if m := refusedImage.FindStringSubmatch(string(said)); m != nil {
		f.set("image", strconv.Quote(m[1]))
		f.set("explained", "the API server refuses the pods: "+m[2])
		f.set("release", cmp.Or(d.releaseOf(w.Metadata), d.Release, "RELEASE"))
		d.add("image-name-invalid", object, m[1], said, f)
		return
	}
	d.add("pods-refused", object, "", said, f)
}

// refusalOf returns why the pods of a ReplicaSet are not created; "" when they are.
func (d *diagnosis) refusalOf(w *Workload) Message {
	for _, e := range d.eventsOf("ReplicaSet", w.Metadata.Name) {
		if e.Reason == "FailedCreate" {
			return e.Message
		}
	}
	for _, c := range w.Status.Conditions {
		if c.Type == "ReplicaFailure" && c.Status == "True" {
			return c.Message
		}
	}
	return ""
}

func (d *diagnosis) workloadFacts(w *Workload) facts {
	f := d.facts()
	f.set("name", w.Metadata.Name)
	return f
}

// isSelected reports whether a workload is diagnosed, by the rules of selectPods.
func (d *diagnosis) isSelected(w *Workload) bool {
	if !d.isInNamespace(w.Metadata.Namespace) {
		return false
	}
	if d.Release == "" {
		return d.isConductor(w.Metadata, w.Spec.Template.Spec)
	}
	return d.releaseOf(w.Metadata) == d.Release || w.Metadata.Annotations.Release == d.Release
}

// desiredReplicas returns how many pods a workload should have.
func desiredReplicas(w *Workload) int {
	if w.Spec.Replicas == nil {
		return 1
	}
	return *w.Spec.Replicas
}

// listUnanswered lists the questions that the cluster did not answer, and what that means for the result. Without any
// secret in the input it matters only when a finding is about one.
func (d *diagnosis) listUnanswered() {
	aboutSecret := slices.ContainsFunc(d.report.Findings, func(f Finding) bool {
		return strings.HasPrefix(f.Rule, "pull-secret-")
	})
	for _, u := range d.table.Unanswered {
		reason, unanswered := d.State.Asked.Refused[u.Kind]
		if unanswered && (reason != noSecrets || aboutSecret) {
			d.report.LeftOut = append(d.report.LeftOut, fmt.Sprintf("%s: %s (%s)", u.Kind, u.Means, reason))
		}
	}
}
