// Package golden compares what the program makes with files that people have read. It is for tests only.
package golden

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/aymanbagabas/go-udiff"
)

// Folder is a folder of golden files that one test owns: each file in it must be asked for, or it is stale.
type Folder struct {
	t    *testing.T
	path string
	seen map[string]bool
}

// Update tells whether the files are to be rewritten: UPDATE_GOLDEN=1, as make golden sets it.
func Update() bool { return os.Getenv("UPDATE_GOLDEN") != "" }

// Open takes a folder for a test. When the test ends, files that it did not ask for fail it, or go when updating.
func Open(t *testing.T, path string) *Folder {
	t.Helper()
	f := &Folder{t: t, path: path, seen: map[string]bool{}}
	t.Cleanup(f.sweep)
	return f
}

// Check wants got to be the content of the file name, a path below the folder.
func (f *Folder) Check(name string, got []byte) {
	f.t.Helper()
	path := filepath.Join(f.path, name)
	f.seen[path] = true
	File(f.t, path, got)
}

// File wants got to be the content of a file, in a folder that no test owns.
func File(t *testing.T, path string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(path)
	if bytes.Equal(want, got) && err == nil {
		return
	}
	if !Update() {
		t.Errorf("%s is not what the program makes; read the difference, then make golden\n%s", path,
			udiff.Unified("golden", "made", string(want), string(got)))
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, got, 0o644); err != nil {
		t.Fatal(err)
	}
}

func (f *Folder) sweep() {
	err := filepath.WalkDir(f.path, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || f.seen[path] || f.t.Failed() {
			return err
		}
		if Update() {
			return os.Remove(path)
		}
		f.t.Errorf("%s is stale: no test asks for it", path)
		return nil
	})
	if err != nil {
		f.t.Error(err)
	}
}

// Input is the content of a file that is written by hand and not made.
func (f *Folder) Input(name string) []byte {
	f.t.Helper()
	path := filepath.Join(f.path, name)
	f.seen[path] = true
	data, err := os.ReadFile(path)
	if err != nil {
		f.t.Fatal(err)
	}
	return data
}
