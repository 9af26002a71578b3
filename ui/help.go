package ui

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/redact"
	"conductor-registry/model/registry"
)

// help is the help page: the keys, and a part about each registry of the images.
type help struct {
	at     int // 0 the keys, else a registry
	offset int
}

// turn shows the next part, and wraps around.
func (h *help) turn(s scene, focus string, by int) {
	parts := 1 + len(s.helped(focus))
	h.at, h.offset = (h.at+by+parts)%parts, 0
}

// view draws the page. Focus is the answers path of the question with the focus.
func (h *help) view(s scene, k keys, focus string, width, height int) block {
	presets := s.helped(focus)
	h.at = min(h.at, len(presets))
	titles := []string{"keys"}
	for _, p := range presets {
		titles = append(titles, redact.Visible(p.Title))
	}
	for i, title := range titles {
		style := s.style.dim
		if i == h.at {
			style = s.style.accent
		}
		titles[i] = style.Render(title)
	}
	lines := s.keyLines(k, width)
	if h.at > 0 {
		lines = s.guideLines(presets[h.at-1], width)
	}
	head := []string{s.fitted(strings.Join(titles, s.style.dim.Render(" "+s.glyphs.Dot+" ")), width), ""}
	visible := window(lines, &h.offset, height-len(head))
	b := block{lines: append(head, visible...)}
	if more := len(lines) - h.offset - len(visible); more > 0 {
		b.lines[len(b.lines)-1] = s.style.dim.Render(fmt.Sprintf("%d more lines, pgdn", more+1))
	}
	return b
}

// helped returns the registries of the images, that of the question in focus first.
func (s scene) helped(focus string) []*registry.Preset {
	var out []*registry.Preset
	add := func(p *registry.Preset, ok bool) {
		if ok && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	if prefix, _, ok := strings.Cut(focus, "registry."); ok {
		add(s.catalog.Registries.Preset(s.draft.Answers.Get(prefix + answers.ProviderLeaf)))
	}
	add(s.draft.Preset())
	for _, env := range s.ordered(s.first) {
		for _, c := range env.Components {
			add(c.Preset, true)
		}
	}
	return out
}

// twoColumns is the width from which the keys stand in two columns.
const twoColumns = 116

// keyLines lists all keys, those of this page first.
func (s scene) keyLines(k keys, width int) []string {
	questions, table, review, end, everywhere := k.groups()
	here, others := questions, []keyGroup{table, review, end}
	switch {
	case s.page == answers.Review:
		here, others = review, []keyGroup{questions, table, end}
	case s.isTable(s.page):
		here, others = table, []keyGroup{questions, review, end}
	}
	first, second := s.groupLines(here, everywhere), s.groupLines(others...)
	if width < twoColumns {
		return append(append(first, ""), second...)
	}
	out := make([]string, max(len(first), len(second)))
	for i := range out {
		out[i] = pad(at(first, i), width/2) + at(second, i)
	}
	return out
}

// groupLines draws groups of keys below their titles.
func (l look) groupLines(groups ...keyGroup) []string {
	var out []string
	for i, g := range groups {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, l.style.strong.Render(g.title))
		for _, b := range g.keys {
			out = append(out, fmt.Sprintf("  %-12s", b.Help().Key)+l.style.dim.Render(b.Help().Desc))
		}
		out = append(out, indent(g.notes, 2)...)
	}
	return out
}

// guideLines draws the guide of a registry, with the answers in its commands.
func (s scene) guideLines(p *registry.Preset, width int) []string {
	var out []string
	fields, image := s.guideValues(p)
	for _, section := range p.Guide(fields, image) {
		out = append(out, s.style.strong.Render(section.Title))
		for _, line := range section.Lines {
			out = append(out, s.guideLine(line, width)...)
		}
		out = append(out, "")
	}
	return out
}

const labelColumn = 22

func (s scene) guideLine(line registry.Line, width int) []string {
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
		out = append(out, "  "+pad(label, column-2)+s.style.dim.Render(text))
		label = ""
	}
	return out
}

// guideValues returns the values for the placeholders of a guide: the fields of the registry, and the first image that
// comes from it.
func (s scene) guideValues(p *registry.Preset) (fields, image map[string]string) {
	for _, env := range s.ordered(s.first) {
		for _, c := range env.Components {
			if c.Preset == p {
				return s.draft.Answers.Registry(env.Name, c.Name), map[string]string{"repository": c.Repository, "tag": c.Tag}
			}
		}
	}
	return s.draft.Answers.Registry("", ""), nil
}

// guideCommands returns the commands of a guide, one on each line.
func (s scene) guideCommands(p *registry.Preset) string {
	var b strings.Builder
	for _, section := range p.Guide(s.guideValues(p)) {
		for _, line := range section.Lines {
			if line.Command {
				b.WriteString(line.Text + "\n")
			}
		}
	}
	return b.String()
}
