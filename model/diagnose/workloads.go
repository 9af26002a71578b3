package diagnose

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// otherValues reports a pod of Conductor whose image or pull secrets are not what the values give.
func (s *subject) otherValues(p *Pod) {
	if len(s.Wanted) == 0 || len(p.Spec.Containers) == 0 || !s.isConductor(p) {
		return
	}
	f, named := s.factsOf(p), names(p.Spec.PullSecrets)
	at := slices.IndexFunc(s.Wanted, func(w Wanted) bool { // what others put into the pod may come first
		return slices.ContainsFunc(p.Spec.Containers, func(c Container) bool { return c.Image == w.Image })
	})
	switch {
	case at < 0:
		f.set("has", "the image "+p.Spec.Containers[0].Image)
		var images []string
		for _, w := range s.Wanted {
			images = append(images, w.Image)
		}
		f.set("wanted", strings.Join(images, " and "))
	case len(named) > 0 && !slices.Equal(named, s.Wanted[at].Secrets): // without its own it has its ServiceAccount's
		f.set("has", "the pull secret "+strings.Join(named, ", "))
		f.set("wanted", cmp.Or(strings.Join(s.Wanted[at].Secrets, ", "), "none"))
	default:
		return
	}
	s.find("values-not-installed", object(p), "", "", f)
}

// stale reports a pod that can't pull and is not of the kind that its Deployment now wants: its images or its pull
// secrets differ.
func (s *subject) stale(p *Pod) bool {
	d := s.deploymentOf(p)
	if d == nil || !failsToPull(p) {
		return false
	}
	was, now := shapeOf(p.Spec), shapeOf(d.Spec.Template.Spec)
	if len(now.PullSecrets) == 0 { // the ServiceAccount's were given to the pod
		was.PullSecrets = nil
	}
	if said, differ := difference(was, now); differ {
		f := s.factsOf(p)
		f.set("name", d.Metadata.Name)
		f.set("was", said[0])
		f.set("now", said[1])
		s.find("pod-stale", object(p), "", "", f)
		return true
	}
	return false
}

// shapeOf is what of a pod decides its pulls; containers that were put in beside the Deployment's do not count.
func shapeOf(spec PodSpec) PodSpec {
	return PodSpec{PullSecrets: spec.PullSecrets, Containers: spec.Containers}
}

// difference is the first thing that differs, as it was and as it is.
func difference(was, now PodSpec) (said [2]string, differ bool) {
	for _, c := range now.Containers {
		i := slices.IndexFunc(was.Containers, func(old Container) bool { return old.Name == c.Name })
		if i >= 0 && was.Containers[i].Image != c.Image {
			return [2]string{"the image " + was.Containers[i].Image, c.Image}, true
		}
	}
	old, fresh := strings.Join(names(was.PullSecrets), ", "), strings.Join(names(now.PullSecrets), ", ")
	return [2]string{"the pull secret " + cmp.Or(old, "(none)"), cmp.Or(fresh, "none")}, old != fresh
}

// workloads says why there are no pods, or fewer than there are to be.
func (s *subject) workloads(none bool) {
	before := len(s.report.Findings)
	for i := range s.state.ReplicaSets {
		w := &s.state.ReplicaSets[i]
		if !s.owns(w) || wanted(w) <= w.Status.Replicas {
			continue
		}
		for _, e := range s.state.eventsOf("ReplicaSet", w.Metadata.Name) {
			if e.Reason == "FailedCreate" {
				f := s.facts()
				f.set("name", w.Metadata.Name)
				s.find("pods-refused", "replicaset/"+w.Metadata.Name, "", e.Message, f)
				break
			}
		}
	}
	if !none || len(s.report.Findings) > before {
		return
	}
	for i := range s.state.Deployments {
		if w := &s.state.Deployments[i]; s.owns(w) && wanted(w) == 0 {
			f := s.facts()
			f.set("name", w.Metadata.Name)
			s.find("pods-not-wanted", "deployment/"+w.Metadata.Name, "", "", f)
		}
	}
	if len(s.report.Findings) == before {
		f := s.facts()
		f.set("which", "Conductor")
		if s.Release != "" {
			f.set("which", "the release "+s.Release)
		}
		s.find("pods-missing", "namespace/"+s.report.Namespace, "", "", f)
	}
}

// owns tells whether a workload is looked at, as scope does for pods.
func (s *subject) owns(w *Workload) bool {
	as := &Pod{Metadata: w.Metadata, Spec: w.Spec.Template.Spec}
	if s.Release == "" {
		return s.isConductor(as)
	}
	a := w.Metadata.Annotations
	return s.releaseOf(as) == s.Release || a != nil && a.Release == s.Release
}

// wanted is how many pods a workload is to have.
func wanted(w *Workload) int {
	if w.Spec.Replicas == nil {
		return 1
	}
	return *w.Spec.Replicas
}

// leftOut says which questions were not answered, and what that means.
func (s *subject) leftOut() {
	for _, what := range []struct{ kind, means string }{
		{"events", "the reason of a failed pull is known only as far as the pod's own state tells it"},
		{"secrets", "pull secrets could not be compared with the images"},
		{"other secrets", "only the pull secrets that pods name were read, so it is not known whether another one fits"},
		{"serviceaccounts", "it is not known whether a ServiceAccount has pull secrets"},
		{"replicasets", "it is not known why pods are not made, nor whose a pod is"},
		{"deployments", "it is not known whether pods are from before the last change"},
	} {
		why, ok := s.state.Asked.Refused[what.kind]
		if ok && (why != notGiven || s.blamesSecrets()) {
			s.report.LeftOut = append(s.report.LeftOut, fmt.Sprintf("%s: %s (%s)", what.kind, what.means, why))
		}
	}
}

// blamesSecrets tells whether a finding is about a pull secret.
func (s *subject) blamesSecrets() bool {
	return slices.ContainsFunc(s.report.Findings, func(f Finding) bool {
		return strings.HasPrefix(f.Rule, "pull-secret-")
	})
}
