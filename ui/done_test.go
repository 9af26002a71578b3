package ui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
	"conductor-registry/model/shell"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

// written answers what a registry requires, takes the defaults and writes.
func written(t *testing.T, provider string, o ui.Options) *driver {
	t.Helper()
	preset, _ := presetstest.Catalog(t).Registries.Preset(provider)
	a := answers.New()
	a.Set("registry.provider", provider)
	for _, f := range preset.Visible(nil) {
		if f.Required {
			a.Set("registry."+f.ID, f.Example)
		}
	}
	o.Start = session.Session{Answers: a}
	d := startWith(t, o)
	d.resize(80, 24)
	return d.press("ctrl+s", "enter")
}

// The final message fits a screen of 80x24 for every registry, with the shell's prompt below it. Commands are not
// wrapped, so that they can be copied whole.
func TestDoneFitsTheScreen(t *testing.T) {
	for _, entry := range presetstest.Catalog(t).Registries.Entries() {
		d := written(t, entry.ID, ui.Options{})
		rows, done := 1, d.model.Done()
		for line := range strings.Lines(done) {
			rows += max(1, (ansi.StringWidth(strings.TrimSuffix(line, "\n"))+79)/80)
		}
		if rows > 24 {
			t.Errorf("%s: %d rows\n%s", entry.ID, rows, done)
		}
		for _, step := range d.model.Written().Environments[0].Steps(".") {
			for _, line := range shell.Lines(step.Command, 74) {
				if strings.HasPrefix(step.Command, "helm upgrade") && !strings.Contains(done, "  "+line+"\n") {
					t.Errorf("%s: no %q in\n%s", entry.ID, line, done)
				}
			}
		}
	}
}

// Each environment has commands of its own, and what they share is there once.
func TestDoneHasTheCommandsOfEachEnvironment(t *testing.T) {
	a := answers.New()
	a.Set("environments", "dev, staging, prod")
	a.Set("registry.provider", "acr")
	a.Set("registry.name", "myacr")
	done := start(t, a).press("ctrl+s", "enter").model.Done()
	for _, env := range []string{"dev", "staging", "prod"} {
		for _, command := range []string{"bash pull-secret-" + env + ".sh", "-f values-" + env + ".yaml"} {
			if strings.Count(done, command) != 1 {
				t.Errorf("%q is there %d times in\n%s", command, strings.Count(done, command), done)
			}
		}
	}
	if strings.Count(done, "git clone") != 1 {
		t.Errorf("the chart is not fetched once:\n%s", done)
	}
}

func TestDoneHasColoursWhenAskedFor(t *testing.T) {
	plain := written(t, "acr", ui.Options{}).model.Done()
	coloured := written(t, "acr", ui.Options{Colour: true}).model.Done()
	if strings.Contains(plain, "\x1b") || !strings.Contains(coloured, "\x1b[32m✓ Wrote values.yaml") || ansi.Strip(coloured) != plain {
		t.Errorf("%q\n%q", plain, coloured)
	}
}
