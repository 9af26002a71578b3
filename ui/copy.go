package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
	"conductor-registry/ui/report"
	"conductor-registry/ui/session"
)

// copy sends the text of the preview to the terminal's clipboard (OSC 52). Terminals do not report whether they allow
// it.
func (m *Model) copy() tea.Cmd {
	name, text := m.copied()
	if text == "" {
		m.notice = "nothing to copy yet"
		return nil
	}
	m.notice = name + " sent to the clipboard, if the terminal allows it"
	return tea.SetClipboard(text)
}

// copied returns the text of the preview for the environment in focus, and its name.
func (m *Model) copied() (name, text string) {
	if m.done.shown {
		return m.done.copied()
	}
	s := m.scene()
	if presets := s.helped(m.Focus()); m.overlay.kind == helpOverlay && m.overlay.help.at > 0 {
		return "commands", s.guideCommands(presets[m.overlay.help.at-1])
	}
	env, file, shown := s.first, m.review.shown(), m.preview.tab
	switch {
	case !s.wide() && m.overlay.kind != previewOverlay && len(env.Values) > 0: // no preview: the images above the form
		return "image names", imageText(env)
	case shown == problemsTab:
		var b strings.Builder
		for _, p := range s.problems {
			fmt.Fprintln(&b, strings.Join(report.Problem(p), "\n"))
		}
		return "problems", b.String()
	case shown == valuesTab && s.page == answers.Review && file != nil:
		return file.Name, masked(file.Base, file.Data)
	case shown == valuesTab:
		return env.FileName("values"), masked(env.Base.Name, env.Values)
	case shown == secretTab && env.HasScript():
		return env.FileName("pull-secret"), string(env.Script())
	}
	return "", ""
}

// masked returns a file as text, without the secrets of the values file that it was made from.
func masked(base string, data []byte) string {
	if base == "" {
		return string(data)
	}
	return string(redact.Values(data))
}

// imageText returns the image names, one on each line.
func imageText(env *plan.Environment) string {
	var b strings.Builder
	for _, c := range env.Profile.Components {
		fmt.Fprintln(&b, session.Image(env.Resolution, c.Name))
	}
	return b.String()
}
