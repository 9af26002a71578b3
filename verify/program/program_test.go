package program

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
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
