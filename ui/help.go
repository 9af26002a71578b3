package ui

import (
	"fmt"

	"conductor-registry/model/registry"
	"conductor-registry/ui/report"
)

// helpLines are all keys, and what there is to know of the provider.
func (m *Model) helpLines() []string {
	out := []string{m.style.strong.Render("Keys"), ""}
	for _, b := range m.keys.all() {
		out = append(out, fmt.Sprintf("  %-12s%s", b.Help().Key, m.style.dim.Render(b.Help().Desc)))
	}
	out = append(out, "", "  Letters type. In a long list they filter it.",
		"  Right in an empty field takes up what is suggested, to change it.", "")
	if preset, ok := m.draft.Preset(); ok {
		out = append(out, m.providerHelp(preset)...)
	}
	return out
}

func (m *Model) providerHelp(p *registry.Preset) []string {
	width := m.width - 6
	out := []string{m.style.strong.Render(p.Title), ""}
	for _, entry := range report.Help(p, m.draft.Answers.Registry("")) {
		label := entry.Label
		for _, line := range wrap(entry.Text, width-14) {
			out = append(out, fmt.Sprintf("  %-12s%s", label, line))
			label = ""
		}
	}
	return out
}
