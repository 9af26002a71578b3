//go:build unix

package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A real kubectl gets the terminal, and its own words are shown when no cluster answers.
func TestARealKubectlShowsItsError(t *testing.T) {
	kubectl := os.Getenv("KUBECTL")
	if kubectl == "" {
		kubectl = lookPath(t, "kubectl")
	}
	config := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(config, []byte(`apiVersion: v1
kind: Config
current-context: nowhere
contexts: [{name: nowhere, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
users: [{name: u, user: {}}]
`), 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ := withKubectl(t, "#!/bin/bash\nKUBECONFIG='"+config+"' exec '"+kubectl+"' \"$@\"\n")
	s.see("kubectl context nowhere")
	s.press("p")
	s.see("127.0.0.1:1 was refused")
	s.see("enter returns to the wizard")
	s.press(enter)
	s.see("✗ failed with exit code")
	s.press("s")
	s.see("context nowhere, namespace conductor; s again runs it")
	s.press("s")
	s.see("User name for")
	s.press("me", enter)
	s.see("Password for")
	s.press("Canary-f3Qx", enter)
	s.see("failed with exit code 1; enter returns")
	s.press(enter)
	s.see("s runs it")
	s.ends(0)
	if out := s.output(); strings.Contains(out, "Canary") {
		t.Error("the password is on the terminal")
	}
}

// The copy of the images runs this program itself, after a second key that shows source and target.
func TestImagesAreCopiedFromTheEndPage(t *testing.T) {
	s, _ := withKubectl(t, fakeKubectl)
	s.press("m")
	s.see("this changes a registry: it copies docker.io/orkesio/orkes-conductor-server:5.2.42")
	s.press(soleEsc)
	s.gone("this changes a registry")
	s.press("m", "m")
	s.see("$ conductor-registry mirror -f values.yaml")
	s.see("not copied")
	s.see("failed with exit code 1; enter returns to the wizard")
	s.press(enter)
	s.see("✗ failed with exit code 1")
	s.ends(0)
}

// waiting is a kubectl that waits at the secret, and holds a pipe open while it runs.
func waiting(fifo string) string {
	return strings.Replace(fakeKubectl, "*) ", "get*jsonpath*) exec 9>'"+fifo+"'; echo waiting | tee /dev/fd/9; exec sleep 1000 ;;\n*) ", 1)
}

// A terminal that is closed while a step runs ends the step and the wizard. The files stay written.
func TestAClosedTerminalEndsTheStep(t *testing.T) {
	defaultHangup(t)
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ := withKubectl(t, waiting(fifo))
	s.press("p")
	running, err := os.Open(fifo) // blocks until the step opens it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	lines := bufio.NewReader(running)
	if line, err := lines.ReadString('\n'); err != nil {
		t.Fatal(line, err)
	}
	s.vanish()
	s.exits(129)
	if err := running.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, err := lines.ReadByte(); !errors.Is(err, io.EOF) { // the step has ended
		t.Errorf("the step still runs: %v", err)
	}
	s.wrote("answers.yaml", "pull-secret.sh", "values.yaml")
}

// ctrl+z suspends the wizard on its end page, and also while a step runs.
func TestSuspendAtTheEnd(t *testing.T) {
	bin := t.TempDir()
	script := strings.Replace(fakeKubectl, "*) ", "get*jsonpath*) trap 'echo continued >&2' CONT; echo waiting >&2; "+
		"while :; do sleep 0.1; done ;;\n*) ", 1)
	if err := os.WriteFile(filepath.Join(bin, "kubectl"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	c := program(t)
	c.Args = []string{"bash", "--norc", "--noprofile", "-i"}
	c.Env = append(c.Env, "PROGRAM="+c.Path, `PS1=ready\#> `, "PATH="+bin+":"+os.Getenv("PATH"), "CALLS=/dev/null")
	c.Path = lookPath(t, "bash")
	s := open(t, c, 100, 40)
	s.see("ready1>")
	s.press(`"$PROGRAM"`, enter)
	s.see("Which chart")
	s.paste("registry.example.com/team/conductor-server:5.2.42")
	s.see("Write 3 files")
	s.press(enter)
	s.see("enter leave")
	s.press(ctrlZ)
	s.see("ready2>")
	s.press("fg", enter)
	s.see("enter leave")
	s.press("p")
	s.see("waiting")
	s.press(ctrlZ)
	s.see("ready3>")
	s.press("fg", enter)
	s.see("continued") // and so has the terminal, which the shell gives it first
	s.press(ctrlC)
	s.see("cancelled; enter returns to the wizard")
	s.press(enter)
	s.see("✗ cancelled")
	s.press(enter)
	s.see("ready4>")
	s.press("exit", enter)
	s.ends(0)
}
