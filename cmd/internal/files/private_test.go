package files

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPrivateIsForItsUserAlone(t *testing.T) {
	root := t.TempDir()
	name := filepath.Join(root, "state", "kept.yaml")
	for _, text := range []string{"first\n", "second\n"} {
		if err := Private(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	wantContent(t, root, map[string]string{"state": "folder", "state/kept.yaml": "rw------- second\n"})
	if info, err := os.Stat(filepath.Dir(name)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has %v, %v", info.Mode(), err)
	}
}

func TestPrivateLeavesNothingBehind(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "kept.yaml", "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Private(filepath.Join(root, "kept.yaml"), []byte("x")); err == nil {
		t.Error("a folder was replaced")
	}
	wantContent(t, root, map[string]string{"kept.yaml": "folder", "kept.yaml/in the way": "folder"})
}

func TestWhatWasCutOffIsTidiedUp(t *testing.T) {
	root := t.TempDir()
	name := filepath.Join(root, "kept.yaml")
	put(t, name, "x", 0o600)
	put(t, name+".123.tmp", "half", 0o600)
	put(t, filepath.Join(root, "other.yaml.123.tmp"), "not ours", 0o600)
	TidyPrivate(name)
	wantContent(t, root, map[string]string{"kept.yaml": "rw------- x", "other.yaml.123.tmp": "rw------- not ours"})
	RemovePrivate(name)
	wantContent(t, root, map[string]string{"other.yaml.123.tmp": "rw------- not ours"})
}
