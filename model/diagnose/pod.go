package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/secret"
)

// pullReasons are those that a container waits for while its image can't be had (k8s.io/kubernetes/pkg/kubelet/images).
func pullReasons() []string {
	return []string{"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError",
		"RegistryUnavailable", "SignatureValidationFailed"}
}

// unmade are the reasons of a container that can't be made or started from an image that is there.
func unmade() []string {
	return []string{"CreateContainerConfigError", "CreateContainerError", "RunContainerError"}
}

// waitsToPull tells whether a container waits for its image.
func (c ContainerStatus) waitsToPull() bool {
	return c.State.Waiting != nil && slices.Contains(pullReasons(), c.State.Waiting.Reason)
}

func failsToPull(p *Pod) bool {
	return slices.ContainsFunc(slices.Concat(p.Status.Init, p.Status.Containers), ContainerStatus.waitsToPull)
}

// pod says what is wrong with one.
func (s *subject) pod(p *Pod) {
	if s.stale(p) {
		return
	}
	s.otherValues(p)
	for _, c := range p.Status.Conditions {
		if c.Type == "PodScheduled" && c.Status == "False" {
			s.find("pod-unscheduled", object(p), "", c.Message, s.factsOf(p))
			return
		}
	}
	if said := p.Status.Message; p.Status.Reason == "Evicted" && s.causes.classify(said) == "node-disk-full" {
		s.find("node-disk-full", object(p), "", said, s.factsOf(p))
		return
	}
	images := map[string]Container{}
	for _, c := range slices.Concat(p.Spec.Init, p.Spec.Containers) {
		images[c.Name] = c
	}
	for _, status := range slices.Concat(p.Status.Init, p.Status.Containers) {
		s.container(p, images[status.Name], status)
	}
	if !failsToPull(p) {
		s.secretForNothing(p)
	}
}

func object(p *Pod) string { return "pod/" + p.Metadata.Name }

// container says what is wrong with one.
func (s *subject) container(p *Pod, c Container, status ContainerStatus) {
	f := s.factsOf(p)
	f.set("container", c.Name)
	waiting := status.State.Waiting
	switch {
	case status.waitsToPull():
		s.pull(p, c, s.saidOf(p, c, waiting.Message), waiting.Reason)
	case waiting != nil && slices.Contains(unmade(), waiting.Reason):
		if s.causes.classify(waiting.Message) == "image-wrong-platform" {
			s.pull(p, c, waiting.Message, waiting.Reason)
			return
		}
		s.find("container-not-made", object(p), "", waiting.Message, f)
	case waiting != nil && waiting.Reason == "CrashLoopBackOff" && status.Last.Terminated != nil:
		s.ended(p, c, status.Last.Terminated, f)
	case status.State.Terminated != nil && status.State.Terminated.Code != 0:
		s.ended(p, c, status.State.Terminated, f)
	case waiting != nil && s.isPulling(p, c):
		s.imageFacts(f, c.Image)
		s.find("pull-going-on", object(p), c.Image, "", f)
	}
}

// ended is about a container whose program came to an end.
func (s *subject) ended(p *Pod, c Container, t *Terminated, f facts) {
	if s.causes.classify(t.Message) == "image-wrong-platform" {
		s.pull(p, c, t.Message, t.Reason)
		return
	}
	f.set("code", fmt.Sprint(t.Code))
	s.find("container-crashes", object(p), "", t.Message, f)
}

// saidOf is what the runtime said of a pull: the state's own message, or while that only says that it waits, the event
// of the last try.
func (s *subject) saidOf(p *Pod, c Container, message Message) Message {
	quoted := fmt.Sprintf("%q", c.Image)
	if rest := strings.TrimPrefix(string(message), "Back-off pulling image "+quoted); rest != "" {
		return Message(strings.TrimPrefix(strings.TrimPrefix(rest, ": "), "ErrImagePull: "))
	}
	for _, e := range s.state.eventsOf("Pod", p.Metadata.Name) {
		if said, ok := strings.CutPrefix(string(e.Message), "Failed to pull image "+quoted+": "); ok {
			return Message(said)
		}
	}
	return message
}

// isPulling tells whether the last event of an image is that its pull began.
func (s *subject) isPulling(p *Pod, c Container) bool {
	for _, e := range s.state.eventsOf("Pod", p.Metadata.Name) {
		if strings.Contains(string(e.Message), fmt.Sprintf("%q", c.Image)) {
			return e.Reason == "Pulling"
		}
	}
	return false
}

// pull says why an image can't be had.
func (s *subject) pull(p *Pod, c Container, said Message, reason string) {
	f := s.factsOf(p)
	f.set("container", c.Name)
	s.imageFacts(f, c.Image)
	id := s.causes.classify(said.without(c.Image))
	switch {
	case reason == "InvalidImageName":
		id = "image-name-invalid"
	case reason == "ErrImageNeverPull":
		id = "image-never-pulled"
	case id == denied:
		id = s.refusal(p, c, said, f)
	case id == "pull-secret-malformed":
		id = s.unreadable(p, f)
	}
	s.find(id, object(p), c.Image, said, f)
	secrets := names(p.Spec.PullSecrets)
	if other := f.words["other"]; other != "" { // the one that is to be named
		secrets = []string{other}
	}
	if s.report.Test == nil && id != "image-name-invalid" && id != "image-never-pulled" {
		s.report.Test = &secret.PullTest{Namespace: s.report.Namespace, Image: c.Image, Secrets: secrets,
			Account: p.Spec.Account}
	}
}

// without is what was said less an image's name, whose words are no signs.
func (m Message) without(image string) Message {
	text := strings.ReplaceAll(string(m), image, "")
	if name, _, ok := strings.Cut(image, "@"); ok {
		text = strings.ReplaceAll(text, name, "")
	}
	return Message(text)
}

func names(references []Reference) []string {
	var out []string
	for _, r := range references {
		if r.Name != "" {
			out = append(out, r.Name)
		}
	}
	return out
}
