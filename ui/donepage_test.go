package ui_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

// fakeRunner runs nothing, and remembers what it was to run.
type fakeRunner struct {
	context string
	ran     []string
}

func (r *fakeRunner) Context() (string, error) {
	if r.context == "" {
		return "", errors.New("kubectl is not found")
	}
	return r.context, nil
}

func (r *fakeRunner) Command(command, context string) tea.ExecCommand {
	r.ran = append(r.ran, context+"$ "+command)
	return noCommand{}
}

type noCommand struct{}

func (noCommand) Run() error          { return nil }
func (noCommand) SetStdin(io.Reader)  {}
func (noCommand) SetStdout(io.Writer) {}
func (noCommand) SetStderr(io.Writer) {}

// finished is a wizard on its end page.
func finished(t *testing.T, r ui.Runner, environments string) *driver {
	t.Helper()
	a := myacr()
	if environments != "" {
		a.Set("environments", environments)
	}
	d := startWith(t, ui.Options{Start: session.Session{Answers: a}, Runner: r}).press("ctrl+s", "enter")
	if d.model.Written() == nil || d.quit {
		t.Fatalf("not at the end:\n%s", d.frame())
	}
	return d
}

// What changes a cluster runs at the second key, with the context that was shown. The rest runs at once.
func TestStepsRunFromTheEndPage(t *testing.T) {
	r := &fakeRunner{context: "kind-dev"}
	d := finished(t, r, "").sees("✓ values.yaml", "kubectl context kind-dev", "s create the secret", "› 2  bash pull-secret.sh",
		"s runs it · creates the secret", "to test: conductor-registry steps")
	d.press("s").sees("context kind-dev, namespace conductor; s again runs it")
	d.press("up", "down").misses("s again runs it")
	d.press("s").sees("s again runs it").press("enter").misses("s again runs it") // it only cancels
	r.context = "kind-prod"
	d.press("s").sees("context kind-prod")
	if len(r.ran) > 0 {
		t.Errorf("ran %q before it was confirmed", r.ran)
	}
	d.press("esc").misses("s again").press("s", "s", "p", "t")
	want := []string{"kind-prod$ bash pull-secret.sh", "$ kubectl get secret", "$ helm template"}
	for i, command := range want {
		if i >= len(r.ran) || !strings.HasPrefix(r.ran[i], command) {
			t.Fatalf("ran %q, want %q", r.ran, want)
		}
	}
	if d.press("enter"); !d.quit {
		t.Error("enter does not leave")
	}
}

// Copying changes a registry and no cluster: the second key confirms it, with source and target shown.
func TestImagesAreCopiedFromTheEndPage(t *testing.T) {
	r := &fakeRunner{}
	d := finished(t, r, "").sees("m runs it")
	d.press("m").sees("this changes a registry: it copies docker.io/orkesio/orkes-conductor-server",
		"myacr.azurecr.io/orkes-conductor-server:5.2.42, and", "m again")
	d.press("esc").misses("m again")
	if len(r.ran) > 0 || d.quit {
		t.Errorf("ran %q before it was confirmed", r.ran)
	}
	d.press("m", "m")
	if len(r.ran) != 1 || !strings.HasPrefix(r.ran[0], "$ conductor-registry mirror -f values.yaml") {
		t.Errorf("ran %q", r.ran)
	}
}

// The review offers the copy when a registry has answered that an image is not there.
func TestImagesAreCopiedFromTheReview(t *testing.T) {
	r := &fakeRunner{}
	failed := "tag"
	probe := func(images []string) []session.Probed {
		return []session.Probed{{Image: images[0], Failed: failed}, {Image: images[1], Found: true}}
	}
	d := startWith(t, ui.Options{Start: session.Session{Answers: myacr()}, Runner: r, Probe: probe}).press("ctrl+s")
	d.press("m", "m").sees("ctrl+t checks them").press("ctrl+t").sees("the images are not there yet: m copies them")
	d.press("m").sees("this changes a registry").press("up").misses("this changes").press("m", "m")
	if len(r.ran) != 1 || !strings.HasPrefix(r.ran[0], "$ conductor-registry mirror --answers - <<'ANSWERS'\n# Answers") ||
		!strings.HasSuffix(r.ran[0], "\nANSWERS") {
		t.Errorf("ran %q", r.ran)
	}
	failed = "host"
	d.press("ctrl+t").misses("m copies them")
}

func TestWithoutAContextNothingChangesTheCluster(t *testing.T) {
	r := &fakeRunner{}
	finished(t, r, "").sees("kubectl is not found").press("s", "s", "s")
	if len(r.ran) > 0 {
		t.Errorf("ran %q", r.ran)
	}
}

// A key runs the step of the environment in focus, and ctrl+y copies the command in focus as one line.
func TestTheFocusChoosesTheEnvironment(t *testing.T) {
	r := &fakeRunner{context: "c"}
	d := finished(t, r, "dev, prod")
	for range 20 {
		d.press("down")
	}
	d.press("s", "s")
	if len(r.ran) != 1 || r.ran[0] != "c$ bash pull-secret-prod.sh" {
		t.Errorf("ran %q", r.ran)
	}
	d.press("down", "down", "down", "down", "down", "down")
	if text := clipboard(t, d); !strings.HasPrefix(text, "helm upgrade --install conductor") || strings.Contains(text, "\n") {
		t.Errorf("copied %q", text)
	}
}

func TestTheEndPageFitsSmallScreens(t *testing.T) {
	d := finished(t, &fakeRunner{context: strings.Repeat("arn:aws:eks:", 20)}, "dev, prod")
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		d.resize(size[0], size[1])
		for range 12 {
			d.sees("enter leave", "›").press("down")
		}
		d.press("up", "up", "up", "up", "up", "up", "up", "up", "up", "up", "up", "up")
	}
}

// The keys of other pages do nothing at the end, and ctrl+c leaves: nothing is cancelled.
func TestOnlyTheKeysOfTheEndPageWork(t *testing.T) {
	d := finished(t, nil, "").misses("s create", "kubectl context")
	d.press("alt+1", "ctrl+o", "f1", "alt+z", "ctrl+s", "ctrl+p", "s", "p", "t").sees("✓ values.yaml", "enter leave")
	if d.press("ctrl+c"); !d.quit || d.broken {
		t.Error("ctrl+c does not leave")
	}
}
