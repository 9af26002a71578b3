package ui

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

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
		got := join(shorten([]namePart{{text: name}}, want.width, "…"))
		if got != want.want || ansi.StringWidth(got) > want.width {
			t.Errorf("%s: %q of %d cells, want %q", how, got, ansi.StringWidth(got), want.want)
		}
	}
	const digest = "quay.io/o/s:5@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	if got := join(shorten([]namePart{{text: digest}}, 40, "…")); got != "quay.io/o/s:5@sha256:0123456789ab…" {
		t.Error(got)
	}
}
