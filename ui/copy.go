package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// copy sends what the preview shows to the terminal's clipboard (OSC 52). No terminal says whether it took it.
func (m *Model) copy() tea.Cmd {
	name, text := m.copied()
	if text == "" {
		m.notice = "there is nothing to copy yet"
		return nil
	}
	m.notice = name + " sent to the clipboard, if the terminal allows it"
	return tea.SetClipboard(text)
}

// copied is what the preview shows, without its looks: the part of the environment that is shown in full.
func (m *Model) copied() (name, text string) {
	if m.overlay == helpOverlay && m.helpAt > 0 {
		return "commands", m.guideCommands(m.helped()[m.helpAt-1])
	}
	shown := m.preview.tab
	if !m.wide() && m.overlay != previewOverlay {
		shown = imagesTab // folded below the form
	}
	env := m.environment()
	switch {
	case shown == problemsTab:
		return "problems", m.problemText()
	case shown == valuesTab && m.pages[m.page].review && len(m.review.Files) > 0:
		f := m.review.previewed()
		return f.Name, string(f.Data)
	case shown == valuesTab:
		return env.FileName("values"), string(env.Values)
	case shown == secretTab && env.HasScript():
		return env.FileName("pull-secret"), string(env.Script())
	case shown == imagesTab && len(env.Values) > 0:
		return "image names", imageText(env)
	}
	return "", ""
}

// problemText is a line for each problem.
func (m *Model) problemText() string {
	var b strings.Builder
	for _, p := range m.problems() {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

// imageText is a line for each image name.
func imageText(env *plan.Environment) string {
	var b strings.Builder
	for _, c := range env.Profile.Components {
		fmt.Fprintln(&b, session.Image(env.Resolution, c.Name))
	}
	return b.String()
}
