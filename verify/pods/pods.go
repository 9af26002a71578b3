// Package pods tells which of the pods that a chart renders is whose.
package pods

import (
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/verify/manifest"
)

// Assign finds the pod of each component, by its name: those that say how to know theirs first, then what is left.
func Assign(components []chart.Component, pods []manifest.Pod) map[string]*manifest.Pod {
	out := map[string]*manifest.Pod{}
	taken := map[int]bool{}
	for _, byName := range []bool{true, false} {
		for _, c := range components {
			if (c.Pod != chart.Pod{}) != byName {
				continue
			}
			for i := range pods {
				if !taken[i] && owns(c.Pod, &pods[i]) {
					out[c.Name], taken[i] = &pods[i], true
					break
				}
			}
		}
	}
	return out
}

func owns(which chart.Pod, pod *manifest.Pod) bool {
	if which.Container != "" && !slices.ContainsFunc(pod.Containers, func(c manifest.Container) bool {
		return c.Name == which.Container
	}) {
		return false
	}
	return pod.Kind == "Deployment" && strings.HasSuffix(pod.Name, which.Suffix)
}

// Main is the index of the container that a pod is for: the first that is no init container.
func Main(pod *manifest.Pod) int {
	return max(0, slices.IndexFunc(pod.Containers, func(c manifest.Container) bool { return !c.Init }))
}
