package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// header says what this is and where in it we are.
func (m *Model) header() string {
	left := m.style.title.Render("conductor-registry")
	var files []string
	for _, env := range m.plan.Environments {
		files = append(files, strings.TrimSuffix(env.FileName("values"), ".yaml"))
	}
	chart := m.plan.Environments[0].Profile.ID
	right := fmt.Sprintf("chart %s %s %s", chart, m.options.Glyphs.Dot, strings.Join(files, ", "))
	if !m.wide() {
		right = fmt.Sprintf("step %d of %d  %s", m.page+1, len(m.pages), m.pages[m.page].name)
	}
	room := m.width - 2*margin - ansi.StringWidth(left) - 2
	right = ansi.Truncate(right, room, m.options.Glyphs.More)
	return "  " + left + strings.Repeat(" ", room-ansi.StringWidth(right)+2) + m.style.dim.Render(right)
}

// steps are the pages with their state.
func (m *Model) steps() []string {
	var out []string
	for i, p := range m.pages {
		mark, style := m.options.Glyphs.Todo, m.style.dim
		switch {
		case i == m.page:
			mark, style = m.options.Glyphs.Current, m.style.accent
		case m.needsLook(p, i):
			mark, style = m.options.Glyphs.Look, m.style.warn
		case i < m.reached:
			mark, style = m.options.Glyphs.Done, m.style.good
		}
		out = append(out, style.Render(mark)+" "+style.Bold(i == m.page).Render(p.name))
	}
	return out
}

// needsLook tells whether a page that was seen has an answer that is wrong or missing.
func (m *Model) needsLook(p page, i int) bool {
	if i >= m.reached || p.review {
		return false
	}
	for _, problem := range m.wrong {
		if f, err := m.options.Catalog.Field(m.answers, problem.Path); err == nil && f.Page == p.at {
			return true
		}
	}
	return false
}

// footer names the keys that matter here, as many as fit, the most useful ones first.
func (m *Model) footer() string {
	line := ""
	for _, item := range m.helpItems() {
		next := item
		if line != "" {
			next = line + " " + m.options.Glyphs.Dot + " " + item
		}
		if ansi.StringWidth(next) > m.width-2*margin {
			break
		}
		line = next
	}
	return "  " + m.style.dim.Render(line)
}

func (m *Model) helpItems() []string {
	switch {
	case m.overlay == helpOverlay:
		return []string{"esc close", m.options.Glyphs.UpDown + " scroll", "ctrl+c quit"}
	case m.overlay == previewOverlay:
		return []string{"esc close", "ctrl+p next part", m.options.Glyphs.UpDown + " scroll", "ctrl+c quit"}
	case m.pages[m.page].review && m.review.lit().Differs():
		return []string{"space " + other(m.review.lit()), "enter next", m.options.Glyphs.UpDown + " move", "esc back",
			"ctrl+p preview", "f1 help", "ctrl+c quit"}
	case m.pages[m.page].review:
		return m.listHelp()
	}
	fields := m.fields()
	f := fields[min(m.focus, len(fields)-1)]
	if len(f.Choices) == 0 {
		items := []string{"enter next", "tab next field", "esc back", "ctrl+p preview", "f1 help", "ctrl+c quit"}
		if m.draft.Answered(f) == "" && m.draft.Holds(f) != "" {
			takes := []string{"enter takes " + m.draft.Holds(f), m.options.Glyphs.Right + " edit it"}
			return append(takes, items[1:]...)
		}
		return items
	}
	return m.listHelp()
}

func (m *Model) listHelp() []string {
	return []string{"enter choose", m.options.Glyphs.UpDown + " move", "esc back", "ctrl+p preview", "f1 help",
		"ctrl+c quit"}
}
