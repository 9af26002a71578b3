package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/secret"
)

// waitsToPull reports whether a container waits while its image cannot be pulled
// (k8s.io/kubernetes/pkg/kubelet/images).
func (c ContainerStatus) waitsToPull() bool {
	return c.waitsFor("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError",
		"RegistryUnavailable", "SignatureValidationFailed")
}

// waitsFor reports whether a container waits for one of the reasons.
func (c ContainerStatus) waitsFor(reasons ...string) bool {
	return c.State.Waiting != nil && slices.Contains(reasons, c.State.Waiting.Reason)
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
	waiting, ended, crashes := status.State.Waiting, status.State.Terminated, status.waitsFor("CrashLoopBackOff")
	if crashes {
		ended = status.Last.Terminated
	}
	var id, reason string
	var said Message
	switch {
	case status.waitsToPull():
		d.diagnosePull(p, c, d.pullMessage(p, c, waiting.Message), waiting.Reason)
		return
	case status.waitsFor("CreateContainerConfigError", "CreateContainerError", "RunContainerError"):
		id, said, reason = "container-not-made", waiting.Message, waiting.Reason
	case ended != nil && (crashes || ended.Code != 0):
		f.set("code", fmt.Sprint(ended.Code))
		id, said, reason = "container-crashes", ended.Message, ended.Reason
	case waiting != nil && d.isPulling(p, c):
		d.setImageFacts(f, c.Image)
		d.add("pull-going-on", podObject(p), c.Image, "", f)
		return
	default:
		return
	}
	if d.table.classify(said) == "image-wrong-platform" {
		d.diagnosePull(p, c, said, reason)
		return
	}
	d.add(id, podObject(p), "", said, f)
}

// pullMessage returns the runtime's message about a failed pull: the container's own, or while that only says that it
// waits, that of the last event.
func (d *diagnosis) pullMessage(p *Pod, c Container, message Message) Message {
	quoted := fmt.Sprintf("%q", c.Image)
	if rest := strings.TrimPrefix(string(message), "Back-off pulling image "+quoted); rest != "" {
		return Message(strings.TrimPrefix(strings.TrimPrefix(rest, ": "), "ErrImagePull: "))
	}
	for _, e := range d.State.eventsOf("Pod", p.Metadata.Name) {
		if said, ok := strings.CutPrefix(string(e.Message), "Failed to pull image "+quoted+": "); ok {
			return Message(said)
		}
	}
	return message
}

// isPulling reports whether the last event about the image is that its pull began.
func (d *diagnosis) isPulling(p *Pod, c Container) bool {
	for _, e := range d.State.eventsOf("Pod", p.Metadata.Name) {
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
