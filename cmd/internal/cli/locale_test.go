package cli

import (
	"testing"

	"conductor-registry/ui"
)

func TestGlyphsFollowTheLocale(t *testing.T) {
	for locale, want := range map[string]ui.Glyphs{
		"LANG=en_US.UTF-8": ui.Unicode(), "LC_CTYPE=C.utf8": ui.Unicode(), "LANG=C": ui.ASCII(), "LANG=de_DE.ISO-8859-1": ui.ASCII(),
		"LANG=ja_JP.UTF-8": ui.ASCII(), "LANG=zh_CN.UTF-8": ui.ASCII(), "LC_ALL=ko_KR.UTF-8": ui.ASCII(),
	} {
		if got := glyphs(Streams{Environment: []string{locale}}); got != want {
			t.Errorf("%s has %q", locale, got)
		}
	}
	both := Streams{Environment: []string{"LANG=ja_JP.UTF-8", "LC_ALL=en_US.UTF-8"}}
	if glyphs(both) != ui.Unicode() {
		t.Error("LC_ALL does not come first")
	}
}
