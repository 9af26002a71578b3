package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/secret"
)

// pullReasons returns the reasons that a container waits for while its image cannot be pulled
// (k8s.io/kubernetes/pkg/kubelet/images).
func pullReasons() []string {
	return []string{"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError",
		"RegistryUnavailable", "SignatureValidationFailed"}
}

// notStartedReasons returns the reasons of a container that cannot be created or started although its image is there.
func notStartedReasons() []string {
	return []string{"CreateContainerConfigError", "CreateContainerError", "RunContainerError"}
}

// waitsToPull reports whether a container waits for its image.
func (c ContainerStatus) waitsToPull() bool {
	return c.State.Waiting != nil && slices.Contains(pullReasons(), c.State.Waiting.Reason)
}

func failsToPull(p *Pod) bool {
	return slices.ContainsFunc(slices.Concat(p.Status.Init, p.Status.Containers), ContainerStatus.waitsToPull)
}

// diagnosePod reports what is wrong with a pod.
func (d *diagnosis) diagnosePod(p *Pod) {
	if d.reportStale(p) {
		return
	}
	d.reportOtherValues(p)
	for _, c := range p.Status.Conditions {
		if c.Type == "PodScheduled" && c.Status == "False" {
			d.add("pod-unscheduled", podObject(p), "", c.Message, d.factsOf(p))
			return
		}
	}
	if said := p.Status.Message; p.Status.Reason == "Evicted" && d.table.classify(said) == "node-disk-full" {
		d.add("node-disk-full", podObject(p), "", said, d.factsOf(p))
		return
	}
	images := map[string]Container{}
	for _, c := range slices.Concat(p.Spec.Init, p.Spec.Containers) {
		images[c.Name] = c
	}
	for _, status := range slices.Concat(p.Status.Init, p.Status.Containers) {
		d.diagnoseContainer(p, images[status.Name], status)
	}
	if !failsToPull(p) {
		d.reportUnneededSecrets(p)
	}
}

func podObject(p *Pod) string { return "pod/" + p.Metadata.Name }

// diagnoseContainer reports what is wrong with a container.
func (d *diagnosis) diagnoseContainer(p *Pod, c Container, status ContainerStatus) {
	f := d.factsOf(p)
	f.set("container", c.Name)
	waiting := status.State.Waiting
	switch {
	case status.waitsToPull():
		d.diagnosePull(p, c, d.pullMessage(p, c, waiting.Message), waiting.Reason)
	case waiting != nil && slices.Contains(notStartedReasons(), waiting.Reason):
		if d.table.classify(waiting.Message) == "image-wrong-platform" {
			d.diagnosePull(p, c, waiting.Message, waiting.Reason)
			return
		}
		d.add("container-not-made", podObject(p), "", waiting.Message, f)
	case waiting != nil && waiting.Reason == "CrashLoopBackOff" && status.Last.Terminated != nil:
		d.reportExit(p, c, status.Last.Terminated, f)
	case status.State.Terminated != nil && status.State.Terminated.Code != 0:
		d.reportExit(p, c, status.State.Terminated, f)
	case waiting != nil && d.isPulling(p, c):
		d.setImageFacts(f, c.Image)
		d.add("pull-going-on", podObject(p), c.Image, "", f)
	}
}

// reportExit reports a container whose program ended.
func (d *diagnosis) reportExit(p *Pod, c Container, t *Terminated, f facts) {
	if d.table.classify(t.Message) == "image-wrong-platform" {
		d.diagnosePull(p, c, t.Message, t.Reason)
		return
	}
	f.set("code", fmt.Sprint(t.Code))
	d.add("container-crashes", podObject(p), "", t.Message, f)
}

// pullMessage returns the runtime's message about a failed pull: the container's own, or while that only says that it
// waits, that of the last event.
func (d *diagnosis) pullMessage(p *Pod, c Container, message Message) Message {
	quoted := fmt.Sprintf("%q", c.Image)
	if rest := strings.TrimPrefix(string(message), "Back-off pulling image "+quoted); rest != "" {
		return Message(strings.TrimPrefix(strings.TrimPrefix(rest, ": "), "ErrImagePull: "))
	}
	for _, e := range d.state.eventsOf("Pod", p.Metadata.Name) {
		if said, ok := strings.CutPrefix(string(e.Message), "Failed to pull image "+quoted+": "); ok {
			return Message(said)
		}
	}
	return message
}

// isPulling reports whether the last event about the image is that its pull began.
func (d *diagnosis) isPulling(p *Pod, c Container) bool {
	for _, e := range d.state.eventsOf("Pod", p.Metadata.Name) {
		if strings.Contains(string(e.Message), fmt.Sprintf("%q", c.Image)) {
			return e.Reason == "Pulling"
		}
	}
	return false
}

// diagnosePull reports why an image cannot be pulled, and proposes a test for it.
func (d *diagnosis) diagnosePull(p *Pod, c Container, said Message, reason string) {
	f := d.factsOf(p)
	f.set("container", c.Name)
	d.setImageFacts(f, c.Image)
	id := d.table.classify(said.withoutImage(c.Image))
	switch {
	case reason == "InvalidImageName":
		id = "image-name-invalid"
	case reason == "ErrImageNeverPull":
		id = "image-never-pulled"
	case id == denied:
		id = d.causeOfRefusal(p, c, said, f)
	case id == "pull-secret-malformed":
		id = d.causeOfMalformed(p, f)
	}
	d.add(id, podObject(p), c.Image, said, f)
	secrets := secretNames(p.Spec.PullSecrets)
	if other := f.words["other"]; other != "" { // the one that is to be named
		secrets = []string{other}
	}
	if d.report.Test == nil && id != "image-name-invalid" && id != "image-never-pulled" {
		d.report.Test = &secret.PullTest{Namespace: d.report.Namespace, Image: c.Image, Secrets: secrets,
			Account: p.Spec.Account}
	}
}

func secretNames(references []Reference) []string {
	var out []string
	for _, r := range references {
		if r.Name != "" {
			out = append(out, r.Name)
		}
	}
	return out
}
