package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/plan"
)

// full is a standard output that takes some bytes and then no more.
type full struct{ room int }

func (f *full) Write(data []byte) (int, error) {
	if len(data) > f.room {
		return f.room, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: errors.New("no room")}
	}
	f.room -= len(data)
	return len(data), nil
}

// Output that cannot be printed is a failure of every command, reported once.
func TestOutputThatFails(t *testing.T) {
	answers := scenarios + "/guide-acr/answers.yaml"
	for _, args := range [][]string{
		{"version"},
		{"presets"},
		{"presets", "acr"},
		{"resolve", "-o", "json"},
		{"resolve"},
		{"secret", "--answers", answers},
		{"generate", "--answers", answers, "--dry-run"},
		{"generate", "--answers", answers, "--dry-run", "-o", "json"},
		{"generate", "--help"},
	} {
		var said strings.Builder
		code := Main(args, Streams{Out: &full{room: 10}, Err: &said})
		if code != exitFailure || strings.Count(said.String(), "error: cannot write to standard output: no room\n") != 1 {
			t.Errorf("%s: exit code %d, %q", args, code, said.String())
		}
	}
}

// What a killed run left beside a file is removed when the wizard looks at the file, though it writes nothing.
func TestStoreRemovesLeftovers(t *testing.T) {
	folder := t.TempDir()
	left := filepath.Join(folder, ".values.yaml.bak.123.tmp")
	write(t, left, "a: 1\n")
	s := &store{folder: files.Folder(folder)}
	if _, err := s.Read("values.yaml"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("%s is still there", left)
	}
}

// A store that is closed refuses files, and reports whether the earlier ones were written.
func TestStoreIsClosed(t *testing.T) {
	set := []plan.File{{Name: "values.yaml", Data: []byte("a: 1\n"), Mode: 0o644}}
	s := &store{folder: files.Folder(t.TempDir())}
	if err := s.Write(set); err != nil {
		t.Fatal(err)
	}
	if got := s.close(); got != "the files were written" {
		t.Errorf("after writing: %q", got)
	}
	late := &store{folder: files.Folder(t.TempDir())}
	if got := late.close(); got != "nothing was written" {
		t.Errorf("before writing: %q", got)
	}
	if err := late.Write(set); err == nil {
		t.Error("a closed folder took files")
	}
	if data, err := late.Read("values.yaml"); data != nil || err != nil {
		t.Errorf("a closed folder has %q, %v", data, err)
	}
}
