package ui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"conductor-registry/model"
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
	room := m.width - 2*margin - cells(left) - 2
	right = m.fitted(right, room)
	return "  " + left + strings.Repeat(" ", room-cells(right)+2) + m.style.dim.Render(right)
}

// stepMark is the mark of a page beside the form: where we are, else its state.
func (m *Model) stepMark(i int) (string, lipgloss.Style) {
	if i == m.page {
		return m.options.Glyphs.Current, m.style.accent
	}
	return m.stepState(i)
}

// stepState is done, in need of a look, or to come.
func (m *Model) stepState(i int) (string, lipgloss.Style) {
	switch {
	case i <= m.reached && m.pageWrong(m.pages[i]):
		return m.options.Glyphs.Look, m.style.warn
	case i < m.reached || m.pages[i].review && i <= m.reached:
		return m.options.Glyphs.Done, m.style.good
	}
	return m.options.Glyphs.Todo, m.style.dim
}

// pageWrong tells whether a page has an answer that is wrong or missing.
func (m *Model) pageWrong(p page) bool {
	return slices.ContainsFunc(m.wrong, func(problem model.Problem) bool {
		f, err := m.options.Catalog.Field(m.draft.Answers, problem.Path)
		return err == nil && f.Page == p.at
	})
}
