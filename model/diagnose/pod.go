package diagnose

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/secret"
)

// waitsToPull reports whether a container waits while its image cannot be pulled
// (k8s.io/kubernetes/pkg/kubelet/images).
func (c ContainerStatus) waitsToPull() bool {
	return c.State.Waiting.hasError() || c.waitsFor("ErrImagePull", "ImagePullBackOff", "InvalidImageName",
		"ErrImageNeverPull", "ImageInspectError",
		"RegistryUnavailable", "SignatureValidationFailed")
}

// hasError reports whether an error stands in the place of a reason, which is one word: the kubelet could not read a
// pull secret.
func (w *Waiting) hasError() bool { return w != nil && strings.Contains(string(w.Reason), " ") }

// waitsFor reports whether a container waits for one of the reasons.
func (c ContainerStatus) waitsFor(reasons ...string) bool {
	return c.State.Waiting != nil && slices.Contains(reasons, string(c.State.Waiting.Reason))
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
	if d.reportBeforeContainers(p) {
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
	var id string
	var said, reason Message
	switch {
	case status.waitsToPull():
		d.diagnosePull(p, c, d.pullMessage(p, c, waiting), waiting.Reason)
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
	if d.table.classify(d.table.readFailure(string(reason), said, c.Image)) == "image-wrong-platform" {
		d.diagnosePull(p, c, said, reason)
		return
	}
	d.add(id, podObject(p), "", said, f)
}

// pullMessage returns the message about a failed pull: the container's own, or while that only says that it waits, that
// of the last event. An error of the kubelet itself stands in the reason.
func (d *diagnosis) pullMessage(p *Pod, c Container, waiting *Waiting) Message {
	quoted := fmt.Sprintf("%q", c.Image)
	if rest := strings.TrimPrefix(string(waiting.Message), "Back-off pulling image "+quoted); rest != "" {
		return Message(strings.TrimPrefix(strings.TrimPrefix(rest, ": "), "ErrImagePull: "))
	}
	for _, e := range d.eventsOf("Pod", p.Metadata.Name) {
		if said, ok := strings.CutPrefix(string(e.Message), "Failed to pull image "+quoted+": "); ok {
			return Message(said)
		}
	}
	return cmp.Or(waiting.Message, waiting.Reason)
}

// isPulling reports whether the last event about the image is that its pull began.
func (d *diagnosis) isPulling(p *Pod, c Container) bool {
	for _, e := range d.eventsOf("Pod", p.Metadata.Name) {
		if strings.Contains(string(e.Message), fmt.Sprintf("%q", c.Image)) {
			return e.Reason == "Pulling"
		}
	}
	return false
}

// diagnosePull reports why an image cannot be pulled, and proposes a test for it.
func (d *diagnosis) diagnosePull(p *Pod, c Container, said, reason Message) {
	f := d.factsOf(p)
	f.set("container", c.Name)
	d.setImageFacts(f, c.Image)
	failed := d.failure(said, reason, c.Image)
	setFailureFacts(f, failed)
	id := d.table.classify(failed)
	switch {
	case d.table.cause(id).rule() == refusedRule:
		id = d.causeOfRefusal(p, c, said, f, id)
	case id == malformedRule:
		id = d.causeOfMalformed(p, said, f)
	}
	d.add(id, podObject(p), c.Image, said, f)
	secrets := secretNames(p.Spec.PullSecrets)
	if other := f.words["other"]; other != "" { // the one that is to be named
		secrets = []string{other}
	}
	if d.report.Test == nil && failed.reason != "InvalidImageName" && failed.reason != "ErrImageNeverPull" {
		d.report.Test = &secret.PullTest{Namespace: d.namespace, Image: c.Image, Secrets: secrets, Account: p.Spec.Account}
	}
}

// failure reads a message. When CRI-O tried mirrors, what it says of them counts, unless they only lack the image.
func (d *diagnosis) failure(said, reason Message, imageName string) failure {
	mirror, own := splitMirrors(said)
	if mirror != "" {
		if f := d.table.readFailure(string(reason), mirror, imageName); d.table.classify(f) != notFoundID {
			return f
		}
	}
	return d.table.readFailure(string(reason), own, imageName)
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
