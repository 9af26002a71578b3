package ui

import (
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestCellsAreThoseThatATerminalDraws(t *testing.T) {
	dim := lipgloss.NewStyle().Faint(true).Foreground(lipgloss.Red)
	for _, text := range []string{"", "plain", dim.Render("dim") + " and " + dim.Render("dim"), "会社", "e\u0301", "✓ done", narrow, "✓\ufe0f", "·\u0301",
		"\x1b[31mred", "\x1b[2J\x07", "\x1b[2Jam", "\x1b]52;c;AAAA\x07x", "\x1b[", "a\tb", dim.Render("│ …")} {
		if got, want := cells(text), ansi.StringWidth(text); got != want {
			t.Errorf("%q has %d cells, want %d", text, got, want)
		}
	}
}

func TestShortenedNamesKeepTheirStartAndTheirTag(t *testing.T) {
	const name = "registry.example.com/platform/mirrors/orkes-conductor-server:5.2.42"
	for how, want := range map[string]struct {
		width int
		want  string
	}{
		"it fits":        {80, name},
		"a little less":  {60, "registry.e…om/platform/mirrors/orkes-conductor-server:5.2.42"},
		"the tag is all": {20, "…uctor-server:5.2.42"},
	} {
		got := shorten(name, want.width, "…")
		if got != want.want || cells(got) > want.width {
			t.Errorf("%s: %q of %d cells, want %q", how, got, cells(got), want.want)
		}
	}
	const digest = "quay.io/o/s:5@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	if got := shorten(digest, 40, "…"); got != "quay.io/o/s:5@sha256:0123456789ab…" {
		t.Error(got)
	}
}
