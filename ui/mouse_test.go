package ui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/ui"
)

// mouse starts a wizard that takes clicks.
func mouse(t *testing.T) *driver {
	t.Helper()
	return startWith(t, ui.Options{Mouse: true})
}

// click clicks on the first place that shows the words.
func (d *driver) click(words string) *driver {
	d.t.Helper()
	for y, line := range strings.Split(d.model.View().Content, "\n") {
		if before, _, found := strings.Cut(ansi.Strip(line), words); found {
			return d.clickAt(ansi.StringWidth(before), y)
		}
	}
	d.t.Fatalf("no %q to click on\n%s", words, d.frame())
	return d
}

// clickAt clicks on what is shown.
func (d *driver) clickAt(x, y int) *driver {
	d.model.View()
	d.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	return d
}

func (d *driver) wheel(x int, button tea.MouseButton) *driver {
	d.send(tea.MouseWheelMsg{X: x, Y: 10, Button: button})
	return d
}

func TestTheMouseIsTakenOnlyWhenAskedFor(t *testing.T) {
	if view := start(t, nil).model.View(); view.MouseMode != tea.MouseModeNone {
		t.Error("the terminal's own selection is taken away")
	}
	if mouse(t).model.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("no clicks come")
	}
}

func TestClicks(t *testing.T) {
	d := mouse(t).click("3.0")
	wantAnswer(t, d, "chart", "3.0")
	d.click("Environments  optional").write("dev, prod").click("· Review") // the registry has no default
	d.sees("answer this first: Registry")
	d.click("Amazon ECR").click("Amazon ECR")
	if d.model.Page() != "Images" {
		t.Fatalf("a second click on an entry does not take it: at %s", d.model.Page())
	}
	d.click("Region").write("us-east-1")
	wantAnswer(t, d, "registry.region", "us-east-1")
	d.click("Chart")
	if d.model.Page() != "Chart" {
		t.Errorf("a click on a step leads to %s", d.model.Page())
	}
	d.click("values ·").sees("values-dev.yaml")
}

func TestAClickOnAChoiceThatCanNotBeMadeSaysWhy(t *testing.T) {
	d := mouse(t).click("3.0").press("enter").write("acr").press("enter").write("myacr").press("alt+6")
	d.click("Let Helm create").sees("chart 3.0 creates no pull secret")
	if d.model.Draft().Has("pullSecret.method") {
		t.Error("chosen all the same")
	}
}

func TestClicksOnTheReview(t *testing.T) {
	d := mouse(t)
	d.shelf.files["values.yaml"] = []byte("old: 1\n")
	acr(d).click("new        pull-secret.sh").click("merge   ").sees("space keeps it")
	d.click("merge   ").sees("keep       values.yaml")
	d.click("Registry name")
	if d.model.Focus() != "registry.name" {
		t.Errorf("a click on an answer leads to %q", d.model.Focus())
	}
	d.press("enter").click("Write").click("Write")
	if d.model.Written() == nil {
		t.Error("nothing is written")
	}
}

func TestClicksWhereThePageIsScrolled(t *testing.T) {
	d := mouse(t)
	d.resize(60, 20)
	acr(d).focusLine("Pull policy").click("Workers image")
	if d.model.Focus() != "components.workers.repository" {
		t.Errorf("the focus is on %s", d.model.Focus())
	}
}

func TestTheWheelScrollsThePreview(t *testing.T) {
	d := mouse(t).press("enter").write("acr").press("enter").write("myacr").press("enter")
	d.resize(110, 24)
	before := d.frame()
	if d.wheel(90, tea.MouseWheelDown).frame() == before {
		t.Error("the wheel does nothing over the preview")
	}
	if d.wheel(90, tea.MouseWheelUp).frame() != before {
		t.Error("the wheel does not scroll back")
	}
	if d.wheel(30, tea.MouseWheelDown).frame() != before {
		t.Error("the wheel over the form scrolls the preview")
	}
}

// clipboard is what ctrl+y sends.
func clipboard(t *testing.T, d *driver) string {
	t.Helper()
	sent := ""
	d.took = func(msg tea.Msg) {
		if strings.HasSuffix(fmt.Sprintf("%T", msg), "setClipboardMsg") { // bubbletea keeps the type to itself
			sent = fmt.Sprint(msg)
		}
	}
	d.press("ctrl+y")
	return sent
}

func TestCopy(t *testing.T) {
	d := start(t, nil).press("enter").write("acr").press("enter").write("myacr")
	d.resize(80, 24)
	if got, want := clipboard(t, d), "myacr.azurecr.io/orkes-conductor-server:5.2.42\nmyacr.azurecr.io/orkes-conductor-workers:5.2.42\n"; got != want {
		t.Errorf("copied\n%s\nwant\n%s", got, want)
	}
	d.sees("image names sent to the clipboard")
	d.resize(120, 40)
	if got := clipboard(t, d); !strings.Contains(got, `registry: "myacr.azurecr.io"`) || !strings.HasPrefix(got, "#") {
		t.Errorf("copied\n%s", got)
	}
	if got := clipboard(t, d.press("ctrl+p")); !strings.HasPrefix(got, "#!/usr/bin/env bash\n") {
		t.Errorf("copied\n%s", got)
	}
	clipboard(t, d.press("ctrl+p"))
	d.sees("nothing to copy")
}

func TestCopyOfTheHelpIsItsCommands(t *testing.T) {
	d := details(t, "ecr").write("123456789012").press("f1", "tab")
	if got := clipboard(t, d); !strings.Contains(got, "--registry-id 123456789012 ") || strings.Contains(got, "lives") {
		t.Errorf("copied\n%s", got)
	}
}

func TestCopyOfNothing(t *testing.T) {
	d := start(t, nil)
	if got := clipboard(t, d); got != "" {
		t.Errorf("copied %q before there is a registry", got)
	}
	d.sees("nothing to copy yet")
}
