// Package pods tells which of the pods that a chart renders is whose.
package helm

import (
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// Assign finds the pod of each component, by its name: those that say how to know theirs first, then what is left.
func Assign(components []chart.Component, pods []Pod) map[string]*Pod {
	out := map[string]*Pod{}
	taken := map[int]bool{}
	for _, byName := range []bool{true, false} {
		for _, c := range components {
			if (c.Pod != chart.Pod{}) != byName {
				continue
			}
			for i := range pods {
				if !taken[i] && IsMainKind(pods[i].Kind, pods) && owns(c.Pod, &pods[i]) {
					out[c.Name], taken[i] = &pods[i], true
					break
				}
			}
		}
	}
	return out
}

func owns(which chart.Pod, pod *Pod) bool {
	if which.Container != "" && !slices.ContainsFunc(pod.Containers, func(c Container) bool {
		return c.Name == which.Container
	}) {
		return false
	}
	return strings.HasSuffix(pod.Name, which.Suffix)
}

// IsMainKind reports whether pods of this kind run a chart's components: Deployments do, or in a chart without any,
// pods of every kind.
func IsMainKind(kind string, pods []Pod) bool {
	return kind == "Deployment" || !slices.ContainsFunc(pods, func(p Pod) bool { return p.Kind == "Deployment" })
}

// Main is the index of the container that a pod is for: the first that is no init container.
func Main(pod *Pod) int {
	return max(0, slices.IndexFunc(pod.Containers, func(c Container) bool { return !c.Init }))
}
