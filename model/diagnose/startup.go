package diagnose

import (
	"regexp"
	"slices"
	"strings"
)

// reportBeforeContainers reports what keeps a pod from starting its first container: no node, a node that evicted it,
// a volume or the sandbox. It returns whether it found one.
func (d *diagnosis) reportBeforeContainers(p *Pod) bool {
	for _, c := range p.Status.Conditions {
		if c.Type == "PodScheduled" && c.Status == "False" {
			d.add("pod-unscheduled", podObject(p), "", c.Message, d.factsOf(p))
			return true
		}
	}
	if p.Status.Phase == "Failed" && p.Status.Reason != "" {
		id := d.table.classify(d.table.readFailure("", p.Status.Message, ""))
		if id == diskFullID || id == "node-pressure" {
			d.add(id, podObject(p), "", p.Status.Message, d.factsOf(p))
			return true
		}
	}
	if !p.isStarting() {
		return false
	}
	e, found := d.lastStart(p)
	if !found {
		return false
	}
	if e.Reason == "FailedCreatePodSandBox" {
		d.reportSandbox(p, e.Message)
	} else {
		d.add("volume-not-mounted", podObject(p), "", e.Message, d.factsOf(p))
	}
	return true
}

// isStarting reports whether no container of a pod has begun to pull or run.
func (p *Pod) isStarting() bool {
	if p.Status.Phase != "Pending" {
		return false
	}
	return !slices.ContainsFunc(slices.Concat(p.Status.Init, p.Status.Containers), func(c ContainerStatus) bool {
		return c.State.Running != nil || c.State.Terminated != nil ||
			c.State.Waiting != nil && !c.waitsFor("ContainerCreating", "PodInitializing")
	})
}

// lastStart returns the last event of a pod about its sandbox or volumes; false when a later one says that they are
// there, as a pull does.
func (d *diagnosis) lastStart(p *Pod) (Event, bool) {
	for _, e := range d.eventsOf("Pod", p.Metadata.Name) {
		switch e.Reason {
		case "FailedCreatePodSandBox", "FailedMount", "FailedAttachVolume", "FailedMapVolume":
			return e, true
		case "Pulling", "Pulled", "Created", "Started", "SuccessfulAttachVolume", "SuccessfulMountVolume":
			return Event{}, false
		}
	}
	return Event{}, false
}

// sandboxImage matches the name of the image that a sandbox is made of.
var sandboxImage = regexp.MustCompile(`(?:sandbox image|pull(?:ing)? image|unpack image|docker://|image) "?([^\s"]*[^\s":])`)

// reportSandbox reports that the sandbox of a pod cannot be created: for its image, or for another reason.
func (d *diagnosis) reportSandbox(p *Pod, said Message) {
	f := d.factsOf(p)
	m := sandboxImage.FindStringSubmatch(string(said))
	if m == nil || !strings.Contains(m[1], "/") {
		d.add("sandbox-failed", podObject(p), "", said, f)
		return
	}
	failed := d.failure(said, "", m[1])
	id := d.table.classify(failed)
	if failed.from == fromRuntime || id == diskFullID {
		d.add(id, podObject(p), "", said, f)
		return
	}
	d.setImageFacts(f, m[1])
	setFailureFacts(f, failed)
	d.add("sandbox-image", podObject(p), m[1], said, f)
}
