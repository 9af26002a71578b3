package ui

import (
	"fmt"
	"strings"

	"conductor-registry/model/registry"
)

// helpLines are all keys, and what there is to know of the provider.
func (m *Model) helpLines() []string {
	out := []string{m.style.strong.Render("Keys"), ""}
	for _, b := range m.keys.all() {
		out = append(out, fmt.Sprintf("  %-12s%s", b.Help().Key, m.style.dim.Render(b.Help().Desc)))
	}
	out = append(out, "", "  Letters type. In a long list they filter it.",
		"  Right in an empty field takes up what is suggested, to change it.", "")
	if preset, ok := m.options.Catalog.Registries.Preset(m.answers.Get("registry.provider")); ok {
		out = append(out, m.providerHelp(preset)...)
	}
	return out
}

func (m *Model) providerHelp(p *registry.Preset) []string {
	width := m.width - 6
	out := []string{m.style.strong.Render(p.Title), ""}
	say := func(label, text string) {
		if text == "" {
			return
		}
		for i, line := range wrap(text, width-14) {
			if i > 0 {
				label = ""
			}
			out = append(out, fmt.Sprintf("  %-12s%s", label, line))
		}
	}
	say("user", strings.TrimSpace(p.Login.Username+" "+p.Login.UsernameHelp))
	say("password", p.Login.Password.Help)
	say("lives", p.Login.Lifetime)
	for _, s := range p.Secretless {
		say("no secret", s.Where+": "+s.How)
	}
	for _, note := range p.Notes {
		say("note", note.Text)
	}
	return out
}
