package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/ui/session"
)

// probe is what is known of the images from their registry. It is asked when the user says so, in the background.
type probe struct {
	ask    func(images []string) []session.Probed // nil when nobody can be asked
	asking []string
	said   []session.Probed
}

// probed is the registry's answer.
type probed struct {
	images []string
	said   []session.Probed
}

// askRegistry asks for the images that the pods will get.
func (m *Model) askRegistry() tea.Cmd {
	images := session.Images(m.plan)
	switch {
	case m.probe.ask == nil || len(m.probe.asking) > 0:
		return nil
	case len(m.wrong) > 0 || len(images) == 0:
		m.notice = "there are answers to mend first"
		return nil
	}
	m.probe.asking, m.probe.said = images, nil
	ask := m.probe.ask
	return func() tea.Msg { return probed{images, ask(images)} }
}

// learn takes the answer in, unless other images are wanted by now.
func (m *Model) learn(msg probed) {
	m.probe.asking = nil
	if slices.Equal(msg.images, session.Images(m.plan)) {
		m.probe.said = msg.said
	}
}

// probeText is what the review offers to do, or what is being done.
func (m *Model) probeText() string {
	switch {
	case len(m.probe.asking) > 0:
		return "Asking the registry" + m.options.Glyphs.More
	case len(m.probe.said) > 0:
		return "Check the images again"
	}
	return "Check the images in the registry"
}

// probeLines are what the registry said of each image. What it said of several is shown once, below the last of them.
func (m *Model) probeLines(width int) []string {
	var out []string
	g := m.options.Glyphs
	for i, p := range m.probe.said {
		mark := m.style.bad.Render(g.Bad)
		if p.Found {
			mark = m.style.good.Render(g.Done)
		}
		out = append(out, mark+" "+shorten(p.Image, width-2, g.More))
		if p.Found {
			out = append(out, m.aside(p.Says, width, 2)...)
		}
		if i+1 < len(m.probe.said) && slices.Equal(p.Problems, m.probe.said[i+1].Problems) {
			continue
		}
		for _, problem := range p.Problems {
			out = append(out, indent(m.problem(problem, width-2), 2)...)
		}
	}
	return out
}
