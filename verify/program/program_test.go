//go:build unix

package program

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// The limit holds for io.Copy too, by which os/exec writes.
func TestBoundedHoldsForCopy(t *testing.T) {
	full := 0
	b := &bounded{limit: 10, onFull: func() { full++ }}
	if _, err := io.Copy(b, io.LimitReader(zeros{}, 1<<20)); !errors.Is(err, errFull) || full != 1 || !b.isFull {
		t.Errorf("a copy of 1 MiB: %v, onFull called %d times", err, full)
	}
	if b.data.Len() > b.limit {
		t.Errorf("%d bytes kept, limit %d", b.data.Len(), b.limit)
	}
	if _, ok := any(b).(io.ReaderFrom); ok {
		t.Error("io.Copy would use ReadFrom and pass the limit")
	}
	exact := &bounded{limit: 10}
	if _, err := io.Copy(exact, strings.NewReader("0123456789")); err != nil || exact.data.String() != "0123456789" {
		t.Errorf("10 bytes: %v, %q", err, exact.data.String())
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func script(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tool")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRun(t *testing.T) {
	out, err := Run(t.Context(), script(t, `read -r line; echo "$line $1"`), []byte("in\n"), "argument")
	if err != nil || string(out) != "in argument\n" {
		t.Errorf("%q, %v", out, err)
	}
	out, err = Run(t.Context(), script(t, "echo part; echo reason >&2; exit 3"), nil)
	if failed, ok := errors.AsType[*FailedError](err); !ok || failed.Said != "reason\n" || string(out) != "part\n" {
		t.Errorf("%q, %v", out, err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(cancelled, script(t, "exec sleep 60"), nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// fifo returns the path of a pipe. Whoever reads it sees its end when the last program that writes to it has ended.
func fifo(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// waitForEnd waits until a script writes to a pipe, ends it, and waits until all programs that write to it have ended.
func waitForEnd(t *testing.T, path string, end func()) {
	t.Helper()
	pipe, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pipe.Close() }()
	if _, err := io.ReadFull(pipe, make([]byte, len("runs\n"))); err != nil {
		t.Fatal(err)
	}
	end()
	if rest, err := io.ReadAll(pipe); err != nil || len(rest) > 0 {
		t.Errorf("%q, %v", rest, err)
	}
}

// A cancelled program takes those that it started with it, and one that prints without end is stopped at the limit.
func TestEnd(t *testing.T) {
	path := fifo(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := Run(ctx, script(t, "exec > "+path+"; echo runs; sleep 600 & wait"), nil)
		ended <- err
	}()
	waitForEnd(t, path, cancel)
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Run(t.Context(), script(t, "exec yes"), nil); err == nil || !strings.Contains(err.Error(), "prints more than 64 MiB") {
		t.Error(err)
	}
}

// A program does not outlive the process that started it, even when that one is killed.
func TestEndOfParent(t *testing.T) {
	if path := os.Getenv("RUN_FOREVER"); path != "" {
		_, _ = Run(t.Context(), path, nil)
		return
	}
	if runtime.GOOS != "linux" {
		t.Skip("only Linux ends a program with its parent")
	}
	path := fifo(t)
	parent := exec.Command(os.Args[0], "-test.run=^TestEndOfParent$")
	parent.Env = append(os.Environ(), "RUN_FOREVER="+script(t, "exec > "+path+"; echo runs; exec sleep 600"))
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	waitForEnd(t, path, func() { _ = parent.Process.Kill() })
	_ = parent.Wait()
}

func TestFind(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Find("", "helm", "install it"); err == nil || err.Error() != "helm not found in PATH\nhint: install it" {
		t.Error(err)
	}
	if _, err := Find("/no/such", "helm", ""); err == nil || !strings.Contains(err.Error(), "--helm /no/such: not a program") {
		t.Error(err)
	}
	tool := script(t, "")
	if found, err := Find(tool, "helm", ""); err != nil || found != tool {
		t.Error(found, err)
	}
}

// What a program printed is shown without secrets, and reasons about the key of a secret are kept.
func TestIndented(t *testing.T) {
	for said, want := range map[string]string{
		"login to https://u:hunter2@h failed\n":                      "login to https://u:******@h failed",
		"a\npassword=hunter2":                                        "a\n  password=******",
		"refused:\n- at '/server/password': got number, want string": "refused:\n  - at '/server/password': got number, want string",
		"at '/existingImagePullSecret': 'not' failed":                "at '/existingImagePullSecret': 'not' failed",
	} {
		if got := Indented(said); got != want {
			t.Errorf("%q is shown as %q, not %q", said, got, want)
		}
	}
	if got := Indented(strings.Repeat("x", 2*maxShown)); len(got) != maxShown+len(" ...") {
		t.Errorf("%d bytes are shown", len(got))
	}
}
