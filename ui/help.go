package ui

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/registry"
)

// helpBlock is the help page: the keys, or what there is to know of a registry.
func (m *Model) helpBlock(width, height int) block {
	presets := m.helped()
	m.helpAt = min(m.helpAt, len(presets))
	titles := []string{"keys"}
	for _, p := range presets {
		titles = append(titles, p.Title)
	}
	for i, title := range titles {
		style := m.style.dim
		if i == m.helpAt {
			style = m.style.accent
		}
		titles[i] = style.Render(title)
	}
	lines := m.keyLines()
	if m.helpAt > 0 {
		lines = m.guideLines(presets[m.helpAt-1], width)
	}
	head := []string{m.fitted(strings.Join(titles, m.style.dim.Render(" "+m.options.Glyphs.Dot+" ")), width), ""}
	shown := window(lines, &m.preview.offset, height-len(head))
	b := block{lines: append(head, shown...)}
	if more := len(lines) - m.preview.offset - len(shown); more > 0 {
		b.lines[len(b.lines)-1] = m.style.dim.Render(fmt.Sprintf("%d more lines, pgdn", more+1))
	}
	return b
}

// helped are the registries that the images come from, that of the question in focus first.
func (m *Model) helped() []*registry.Preset {
	var out []*registry.Preset
	add := func(p *registry.Preset, ok bool) {
		if ok && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	if prefix, _, ok := strings.Cut(m.Focus(), "registry."); ok {
		add(m.options.Catalog.Registries.Preset(m.draft.Answers.Get(prefix + "registry.provider")))
	}
	add(m.draft.Preset())
	for _, env := range m.ordered() {
		for _, c := range env.Components {
			add(c.Preset, true)
		}
	}
	return out
}

// keyLines are all keys.
func (m *Model) keyLines() []string {
	var out []string
	for _, b := range m.keys.all() {
		out = append(out, fmt.Sprintf("  %-12s%s", b.Help().Key, m.style.dim.Render(b.Help().Desc)))
	}
	return append(out, "", "  Letters type. In a long list they filter it.",
		"  Right in an empty field takes up what is suggested, to change it.")
}

// guideLines are what helps with a registry, its commands filled in from the answers.
func (m *Model) guideLines(p *registry.Preset, width int) []string {
	var out []string
	fields, image := m.helpedWith(p)
	for _, section := range p.Guide(fields, image) {
		out = append(out, m.style.strong.Render(section.Title))
		for _, line := range section.Lines {
			out = append(out, m.guideLine(line, width)...)
		}
		out = append(out, "")
	}
	return out
}

const labelColumn = 22

func (m *Model) guideLine(line registry.Line, width int) []string {
	if line.Command {
		lines := wrap(line.Text, width-6)
		for i := range lines[1:] {
			lines[i+1] = "  " + lines[i+1]
		}
		return indent(lines, 4)
	}
	var out []string
	if line.Label != "" && width < 3*labelColumn { // too narrow for two columns
		out = append(out, "  "+line.Label)
	}
	label, column := line.Label, labelColumn
	if width < 3*labelColumn {
		label, column = "", 4
	}
	for _, text := range wrap(line.Text, width-column-2) {
		out = append(out, "  "+pad(label, column-2)+m.style.dim.Render(text))
		label = ""
	}
	return out
}

// helpedWith are the answers that belong to a registry, and the first image that comes from it.
func (m *Model) helpedWith(p *registry.Preset) (fields, image map[string]string) {
	for _, env := range m.ordered() {
		for _, c := range env.Components {
			if c.Preset == p {
				return m.draft.Answers.Registry(env.Name, c.Name), map[string]string{"repository": c.Repository, "tag": c.Tag}
			}
		}
	}
	return m.draft.Answers.Registry("", ""), nil
}

// guideCommands are the commands of that page, to copy.
func (m *Model) guideCommands(p *registry.Preset) string {
	var b strings.Builder
	for _, section := range p.Guide(m.helpedWith(p)) {
		for _, line := range section.Lines {
			if line.Command {
				b.WriteString(line.Text + "\n")
			}
		}
	}
	return b.String()
}
