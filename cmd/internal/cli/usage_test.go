package cli

import (
	"strings"
	"testing"

	"conductor-registry/presets/presetstest"

	"github.com/charmbracelet/x/ansi"
)

// The help of every command fits a terminal of 80 columns.
func TestHelpFitsTheTerminal(t *testing.T) {
	root, err := newRoot(presetstest.Catalog(t), nil, Streams{}, []string{"generate"})
	if err != nil {
		t.Fatal(err)
	}
	for _, cmd := range root.Commands() {
		code, out, said := run(cmd.Name(), "--help")
		if code != exitOK || said != "" || cmd.Runnable() && !strings.Contains(out, "Usage:") {
			t.Errorf("%s --help: exit code %d, %s", cmd.Name(), code, said)
		}
		for line := range strings.Lines(out) {
			if ansi.StringWidth(strings.TrimSuffix(line, "\n")) > helpWidth && cmd.Name() != "completion" {
				t.Errorf("%s: %s", cmd.Name(), line)
			}
		}
	}
}
