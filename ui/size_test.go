package ui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/presets/presetstest"
	"conductor-registry/ui"
)

// A frame of a size that was guessed would flash up at the start, and a click on it would mean something else.
func TestNothingIsDrawnBeforeTheSizeIsKnown(t *testing.T) {
	m := ui.New(ui.Options{Catalog: presetstest.Catalog(t), Store: &shelf{}, Glyphs: ui.Unicode()})
	m.Init()
	if view := m.View(); view.Content != "" {
		t.Errorf("drawn is\n%s", view.Content)
	}
	m.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
	if m.View().Content == "" {
		t.Error("nothing is drawn")
	}
}
