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
			isPressure := strings.Contains(string(c.Message), "-pressure") // a taint of nodes
			if !isPressure || !d.reportPressure(p, c.Message) {
				d.add("pod-unscheduled", podObject(p), "", c.Message, d.factsOf(p))
			}
			return true
		}
	}
	if p.Status.Phase == "Failed" && p.Status.Reason != "" && d.reportPressure(p, p.Status.Message) {
		return true
	}
	if !p.isStarting() {
		return false
	}
	e, found := d.lastStart(p)
	switch {
	case !found:
		return false
	case e.Reason == failedSandbox || e.Reason == noNetwork:
		d.reportSandbox(p, e.Message)
	default:
		d.add("volume-not-mounted", podObject(p), "", e.Message, d.factsOf(p))
	}
	return true
}

// reportPressure reports a node that has too little of something, and returns whether the message says so.
func (d *diagnosis) reportPressure(p *Pod, said Message) bool {
	id := d.table.classify(d.table.readFailure("", said, ""))
	if id != diskFullID && id != "node-pressure" {
		return false
	}
	d.add(id, podObject(p), "", said, d.factsOf(p))
	return true
}

// Reasons of events about the sandbox of a pod.
const (
	failedSandbox = "FailedCreatePodSandBox"
	noNetwork     = "NetworkNotReady"
)

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
		case failedSandbox, noNetwork, "FailedMount", "FailedAttachVolume", "FailedMapVolume":
			return e, true
		case "Pulling", "Pulled", "Created", "Started", "SuccessfulAttachVolume", "SuccessfulMountVolume":
			return Event{}, false
		}
	}
	return Event{}, false
}

// sandboxImage matches the name of the image that a sandbox is made of: pull image "x/pause:3.9", docker://x/pause:3.9.
var sandboxImage = regexp.MustCompile(`(?:image "|docker://)([^\s"/]+/[^\s"]*[^\s":])`)

// reportSandbox reports that the sandbox of a pod cannot be created: for its image, or for another reason.
func (d *diagnosis) reportSandbox(p *Pod, said Message) {
	f, name := d.factsOf(p), ""
	if m := sandboxImage.FindStringSubmatch(string(said)); m != nil {
		name = m[1]
	}
	failed := d.failure(said, "", name)
	id := d.table.classify(failed)
	switch {
	case failed.from == fromRuntime || id == diskFullID:
	case name == "":
		id = "sandbox-failed"
	default:
		id = "sandbox-image"
		d.setImageFacts(f, name)
		setFailureFacts(f, failed)
	}
	d.add(id, podObject(p), name, said, f)
}
