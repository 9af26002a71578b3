package ui_test

import (
	"bytes"
	"testing"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

func myacr() *answers.Answers {
	a := answers.New()
	a.Set("registry.provider", "acr")
	a.Set("registry.name", "myacr")
	return a
}

func TestHelmRunsOnceForTheValuesShown(t *testing.T) {
	var asked [][]byte
	says := session.Verdict{Program: "helm v9"}
	d := startWith(t, ui.Options{Start: session.Session{Answers: myacr()}, Helm: func(values []byte) session.Verdict {
		asked = append(asked, values)
		return says
	}})
	d.sees("✓ helm v9 agrees")
	d.press("enter", "enter", "backspace")
	if !bytes.Contains(asked[len(asked)-1], []byte("myac.azurecr.io")) {
		t.Errorf("last asked about\n%s", asked[len(asked)-1])
	}
	before := len(asked)
	d.press("ctrl+p", "ctrl+p", "ctrl+p", "ctrl+p")
	if len(asked) != before {
		t.Error("asked again about the same values")
	}
	says.Differs = []string{"server: image is other/server:1"}
	d.write("x").press("ctrl+p").sees("✗ helm differs", "! helm v9 renders values.yaml differently:", "is other/server:1", "problems 1")
	says.Differs, says.Failed = nil, "chart is broken"
	d.write("y").sees("! helm failed", "helm v9: chart is broken")
	d.resize(80, 24)
	d.sees("helm failed")
}

// No frame waits for helm, and helm does not run for values that changed meanwhile.
func TestNoKeyWaitsForHelm(t *testing.T) {
	asked := 0
	d := &driver{t: t, shelf: &shelf{files: map[string][]byte{}}}
	d.model = ui.New(ui.Options{Catalog: presetstest.Catalog(t), Store: d.shelf, Glyphs: ui.Unicode(), Start: session.Session{Answers: myacr()},
		Helm: func([]byte) session.Verdict { asked++; return session.Verdict{Program: "helm v9"} }})
	running := d.model.Init()
	d.model.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	d.width, d.height = 120, 40
	for _, key := range []tea.Key{{Code: tea.KeyEnter}, {Code: tea.KeyEnter}, {Code: 'x', Text: "x"}, {Code: 'y', Text: "y"}} {
		if _, cmd := d.model.Update(tea.KeyPressMsg(key)); cmd != nil {
			t.Fatal("helm runs twice at a time")
		}
	}
	d.sees("running helm", "myacrxy.azurecr.io")
	d.send(running()) // the verdict on old values; then helm runs with the new ones
	d.sees("✓ helm v9 agrees")
	if asked != 2 {
		t.Errorf("asked %d times, want 2", asked)
	}
}

func TestWithoutChartHelmIsNotMentioned(t *testing.T) {
	start(t, myacr()).misses("agrees", "running helm")
}
