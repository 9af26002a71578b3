package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/redact"
	"conductor-registry/ui/session"
)

// probeCheck asks the registries for the images in the background, when the user starts it.
type probeCheck struct {
	ask    func(images []string) []session.Probed // nil when it is not offered
	asking []string                               // the images of a running check
	found  []session.Probed
	edits  int // work.edits when found was reported
}

// probedMsg is the registries' answer.
type probedMsg struct {
	images []string
	found  []session.Probed
}

// start asks for images.
func (c *probeCheck) start(images []string) tea.Cmd {
	if c.ask == nil || len(c.asking) > 0 {
		return nil
	}
	c.asking, c.found = images, nil
	ask := c.ask
	return func() tea.Msg { return probedMsg{images, ask(images)} }
}

// onProbed keeps the answer, unless the answers give other images now.
func (c *probeCheck) onProbed(msg probedMsg, w *work) {
	c.asking = nil
	if slices.Equal(msg.images, session.Images(w.plan)) {
		c.found, c.edits = msg.found, w.edits
	}
}

// results returns the results, unless the answers have changed since.
func (c *probeCheck) results(w *work) []session.Probed {
	if c.edits != w.edits {
		return nil
	}
	return c.found
}

// probeText returns the text of the review's image check: the offer, or that it is running.
func (s scene) probeText() string {
	switch {
	case len(s.probe.asking) > 0:
		return "Checking the images" + s.glyphs.More
	case len(s.probe.results(s.work)) > 0:
		return "Check the images again"
	}
	return "Check the images in the registry"
}

// probeLines draws the result for each image. Problems that consecutive images share are shown once, below the last one.
func (s scene) probeLines(width int) []string {
	var out []string
	found := s.probe.results(s.work)
	g := s.glyphs
	for i, p := range found {
		mark := s.style.bad.Render(g.Bad)
		if p.Found {
			mark = s.style.good.Render(g.Done)
		}
		out = append(out, mark+" "+join(shorten([]namePart{{text: redact.Visible(p.Image)}}, width-2, g.More)))
		if p.Found {
			out = append(out, s.hintLines(p.Summary, width, 2)...)
		}
		if i+1 < len(found) && slices.Equal(p.Problems, found[i+1].Problems) {
			continue
		}
		for _, problem := range p.Problems {
			out = append(out, indent(s.problem(problem, width-2), 2)...)
		}
	}
	return out
}
