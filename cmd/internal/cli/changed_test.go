package cli

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
	"conductor-registry/verify/images/registrytest"
)

// onText is standard error of a command that does something once, when a message contains a text.
type onText struct {
	strings.Builder
	text string
	do   func()
}

func (o *onText) Write(data []byte) (int, error) {
	if o.do != nil && strings.Contains(string(data), o.text) {
		o.do()
		o.do = nil
	}
	return o.Builder.Write(data)
}

// addLine does what somebody else does to a file while a command runs.
func addLine(t *testing.T, name string) {
	t.Helper()
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString("edited: x\n"); err != nil || file.Close() != nil {
		t.Fatal(err)
	}
}

// wantKept checks that a command refused to write over a file that changed while it ran.
func wantKept(t *testing.T, code int, said, name, text string) {
	t.Helper()
	want := "error: cannot write " + name + ": it changed while this ran; nothing was written\n  hint: run the same command again"
	if code != exitFailure || !strings.Contains(said, want) {
		t.Errorf("exit code %d, %s", code, said)
	}
	if got := read(t, ".", name); got != text+"edited: x\n" {
		t.Errorf("%s is %q", name, got)
	}
	if names, _ := filepath.Glob("*.bak"); len(names) > 0 {
		t.Errorf("%q was written", names)
	}
}

// What others write into a file between reading and writing it is not lost: while the registry is asked, while lint reads
// the next file, and while generate reads a base.
func TestAnEditWhileACommandRunsIsKept(t *testing.T) {
	t.Run("pin", func(t *testing.T) {
		t.Chdir(t.TempDir())
		var once sync.Once
		registry, err := registrytest.StartPlain(registrytest.Note(func(*http.Request) {
			once.Do(func() { addLine(t, "values.yaml") })
		}))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(registry.Close)
		text := "global: {image: {registry: " + registry.Host + "/team}}\nserver: {image: {repository: server}}\n" +
			"workers: {image: {repository: workers}}\n"
		write(t, "values.yaml", text)
		var said strings.Builder
		code := Main([]string{"pin", "-f", "values.yaml", "--insecure", "--write"}, Streams{Out: &strings.Builder{}, Err: &said})
		wantKept(t, code, said.String(), "values.yaml", text)
	})
	t.Run("lint", func(t *testing.T) {
		t.Chdir(t.TempDir())
		const text = "global: {image: {registry: r.example.com, tag: 5.10}}\n"
		write(t, "values.yaml", text)
		write(t, "next.yaml", "a: 1\n")
		said := &onText{text: "reading next.yaml", do: func() { addLine(t, "values.yaml") }}
		code := Main([]string{"lint", "-v", "--fix", "-f", "values.yaml", "-f", "next.yaml"}, Streams{Out: &strings.Builder{}, Err: said})
		wantKept(t, code, said.String(), "values.yaml", text)
	})
	t.Run("generate", func(t *testing.T) {
		t.Chdir(t.TempDir())
		const text = "mine: 1\n"
		write(t, "values-dev.yaml", text)
		write(t, "base.yaml", "a: 1\n")
		write(t, "answers.yaml", "version: 1\nregistry: {provider: generic, host: r.example.com}\nbase: base.yaml\n"+
			"environments: {dev: {}, prod: {}}\n")
		said := &onText{text: "reading base.yaml", do: func() { addLine(t, "values-dev.yaml") }}
		code := Main([]string{"generate", "-v", "--answers", "answers.yaml", "--merge"}, Streams{Out: &strings.Builder{}, Err: said})
		wantKept(t, code, said.String(), "values-dev.yaml", text)
	})
}

// The wizard's folder refuses a file that changed since the wizard read it, with the error that makes the review read it
// again, and a file that is another input of the wizard.
func TestStoreKeepsWhatChanged(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "values.yaml"), "a: 1\n")
	given := &inputFiles{}
	s := &store{folder: files.Folder(folder), inputs: given}
	old, err := s.Read("values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	set := []plan.File{{Name: "values.yaml", Data: []byte("a: 2\n"), Mode: 0o644, Replaces: old}}
	addLine(t, filepath.Join(folder, "values.yaml"))
	if err := s.Write(set); !errors.Is(err, session.ErrChanged) || s.wrote {
		t.Errorf("%v, wrote %t", err, s.wrote)
	}
	if got := read(t, folder, "values.yaml"); got != "a: 1\nedited: x\n" {
		t.Errorf("values.yaml is %q", got)
	}
	set[0].Replaces = []byte("a: 1\nedited: x\n")
	given.add(filepath.Join(folder, "values.yaml.bak"))
	write(t, filepath.Join(folder, "values.yaml.bak"), "given: 1\n")
	if _, ok := errors.AsType[files.SharedError](s.Write(set)); !ok {
		t.Error("an input became a backup")
	}
}
