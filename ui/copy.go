package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/ui/delivery"
)

// copy sends what the preview shows to the terminal's clipboard (OSC 52). No terminal says whether it took it.
func (m *Model) copy() tea.Cmd {
	name, text := m.copied()
	if text == "" {
		m.notice = "there is nothing to copy yet"
		return nil
	}
	m.notice = name + " sent to the clipboard; if it does not arrive, the terminal does not allow it"
	return tea.SetClipboard(text)
}

// copied is what the preview shows, without its looks: the part of the environment that is shown in full.
func (m *Model) copied() (name, text string) {
	if m.overlay == helpOverlay && m.helpAt > 0 {
		return "the commands", m.guideCommands(m.helped()[m.helpAt-1])
	}
	env := m.environment()
	shown := m.preview.tab
	if !m.wide() && m.overlay != previewOverlay {
		shown = imagesTab // folded below the form
	}
	switch {
	case shown == valuesTab && m.pages[m.page].review && len(m.review.Files) > 0:
		f := m.review.previewed()
		return f.Name, string(f.Data)
	case shown == valuesTab:
		return env.FileName("values"), string(env.Values)
	case shown == secretTab && env.HasScript():
		return env.FileName("pull-secret"), string(env.Script())
	case shown == secretTab:
		return "", ""
	case shown == problemsTab:
		var b strings.Builder
		for _, p := range m.problems() {
			fmt.Fprintln(&b, p)
		}
		return "the problems", b.String()
	case len(env.Values) == 0:
		return "", ""
	}
	var names []string
	for _, c := range env.Profile.Components {
		names = append(names, delivery.Image(env.Resolution, c.Name))
	}
	return "the image names", strings.Join(names, "\n") + "\n"
}
