package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/redact"
	"conductor-registry/ui/session"
)

// copying is the offer to copy images, on the review after a check did not find them.
type copying struct {
	asking bool            // the next key confirms it
	result *session.Result // of the last copy; nil before it
}

// copiedMsg is the end of a copy that was started on the review.
type copiedMsg struct{ err error }

// areMissing reports whether a registry answered that images are not there.
func (c *probeCheck) areMissing(w *work) bool {
	return slices.ContainsFunc(c.results(w), func(p session.Probed) bool {
		return !p.Found && (p.Failed == "repository" || p.Failed == "tag")
	})
}

// canCopy reports whether the review offers to copy the images.
func (m *Model) canCopy() bool {
	return m.options.Runner != nil && m.checks.probe.areMissing(m.work) && len(session.CopyStep(m.work.plan).Copies) > 0
}

// copyImages copies the images of the answers when the key before asked for it too: it changes a registry.
func (m *Model) copyImages(asked bool) tea.Cmd {
	switch {
	case !m.canCopy():
		m.notice = "no image to copy is known to be missing; ctrl+t checks them"
		return nil
	case !asked:
		m.copying.asking = true
		return nil
	}
	command := m.options.Runner.Command(session.CopyStep(m.work.plan).Command, "")
	return tea.Exec(command, func(err error) tea.Msg { return copiedMsg{err} })
}

// onCopied stores the result of a copy.
func (m *Model) onCopied(msg copiedMsg) {
	result := session.Result{OK: msg.err == nil, Text: "the images were copied; ctrl+t checks them again"}
	if msg.err != nil {
		result.Text = "the images were not copied: " + msg.err.Error()
	}
	m.copying.result = &result
}

// copyLines draws the offer to copy the images, the question before it, or what came of it.
func (s scene) copyLines(width int) []string {
	switch result := s.copying.result; {
	case s.copying.asking:
		return s.copyQuestion(session.CopyStep(s.plan), width)
	case result != nil && result.OK:
		return each(wrap(s.glyphs.Done+" "+result.Text, width), s.style.good.Render)
	case result != nil:
		return each(wrap(s.glyphs.Bad+" "+result.Text, width), s.style.bad.Render)
	case s.canCopy:
		return each(wrap("the images are not there yet: m copies them", width), s.style.accent.Render)
	}
	return nil
}

// copyQuestion draws what a copy would change.
func (s scene) copyQuestion(step session.NextStep, width int) []string {
	text := "this changes a registry: it copies " + strings.Join(step.Copies, ", and ") +
		"; m again runs it, any other key cancels"
	return each(wrap(redact.Visible(text), width), s.style.warn.Render)
}
