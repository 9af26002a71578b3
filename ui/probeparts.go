package ui

import (
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// probedPart returns what the registry reported about a part of an image: a mark, or "" where it reported nothing.
func (s scene) probedPart(p session.Probed, kind partKind) string {
	failed := map[string]partKind{"host": registryPart, "repository": repositoryPart, "tag": tagPart}[p.Failed]
	switch {
	case kind == separator:
		return ""
	case p.Found, failed != separator && kind < failed:
		return s.style.good.Render(s.glyphs.Done)
	case kind == failed:
		return s.style.bad.Render(s.glyphs.Bad)
	}
	return ""
}

// probedImage returns what the registry reported about an image.
func (s scene) probedImage(name string) (session.Probed, bool) {
	for _, p := range s.probe.results(s.work) {
		if p.Image == name {
			return p, true
		}
	}
	return session.Probed{}, false
}

// nearest returns the first image with a tag that does not exist, and whose repository has a similar one.
func (c *probeCheck) nearest(w *work) (session.Probed, bool) {
	for _, p := range c.results(w) {
		if p.Nearest != "" {
			return p, true
		}
	}
	return session.Probed{}, false
}

// takeNearest answers the tag that does not exist with the nearest one that does.
func (m *Model) takeNearest() tea.Cmd {
	p, ok := m.checks.probe.nearest(m.work)
	if !ok {
		m.notice = "no other tag to take; ctrl+t on the review checks the images"
		return nil
	}
	f, ok := m.work.tagOf(p.Image, m.checks.probe.results(m.work))
	if !ok {
		return nil
	}
	m.form.answer(m.work, f, p.Nearest)
	m.form.forget([]string{f.Path})
	m.work.draft.EndAnswer()
	m.notice = f.Label + ": " + p.Nearest
	if m.form.page == answers.Review {
		m.notice += "; ctrl+t checks again"
	}
	return m.compareAgain()
}

// tagOf returns the question that gives an image its tag: that of one component where the others are found with the same
// answer.
func (w *work) tagOf(name string, found []session.Probed) (answers.Field, bool) {
	for _, env := range w.plan.Environments {
		for _, c := range env.Components {
			if session.Image(env.Resolution, c.Name) != name {
				continue
			}
			own := answers.Path{Environment: env.Name, Component: c.Name, Leaf: "tag"}
			if f, ok := w.catalog.Asked(w.draft.Answers, own); ok && hasOthers(env, c.Name, found) {
				return f, true
			}
			f, err := w.field(w.draft.Answers.Lookup(own).Path.String())
			return f, err == nil
		}
	}
	return answers.Field{}, false
}

// hasOthers reports whether another component of the environment has an image that exists.
func hasOthers(env *plan.Environment, component string, found []session.Probed) bool {
	for _, c := range env.Components {
		for _, p := range found {
			if c.Name != component && p.Found && p.Image == session.Image(env.Resolution, c.Name) {
				return true
			}
		}
	}
	return false
}
