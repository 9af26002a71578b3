package files

import (
	"errors"
	"os"
	"testing"

	"conductor-registry/model/plan"
)

// edits change the second file of a set while the set is being written.
var edits = []struct {
	name, want string
	edit       func(t *testing.T, root string)
}{
	{"changed", "it changed while this ran", func(t *testing.T, root string) {
		t.Helper()
		put(t, root+"/pull-secret.sh", "old\nmine\n", 0o755)
	}},
	{"removed", "it was removed while this ran", func(t *testing.T, root string) {
		t.Helper()
		if err := os.Remove(root + "/pull-secret.sh"); err != nil {
			t.Fatal(err)
		}
	}},
	{"created", "it was created while this ran", func(t *testing.T, root string) {
		t.Helper()
		put(t, root+"/new.yaml", "mine: 1\n", 0o644)
	}},
}

// threeFiles returns a folder with two files, and a set that replaces them and makes a third.
func threeFiles(t *testing.T) (root string, files []plan.File) {
	t.Helper()
	root = t.TempDir()
	put(t, root+"/values.yaml", "tag: old\n", 0o644)
	put(t, root+"/values.yaml.bak", "tag: older\n", 0o644)
	put(t, root+"/pull-secret.sh", "old\n", 0o755)
	files = append(setFor(root), plan.File{Name: "new.yaml", Data: []byte("a: b\n"), Mode: 0o644})
	return root, files
}

func wantChanged(t *testing.T, err error, want string) {
	t.Helper()
	changed, ok := errors.AsType[ChangedError](err)
	if !ok || changed.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// What others write after a file was read is never replaced: nothing is written.
func TestWhatChangedSinceItWasReadIsKept(t *testing.T) {
	for _, test := range edits {
		t.Run(test.name, func(t *testing.T) {
			root, files := threeFiles(t)
			test.edit(t, root)
			before := content(t, root)
			wantChanged(t, Folder(root).Write(files), test.want)
			wantContent(t, root, before)
		})
	}
}

// The same when the others write at the last moment: after all files were staged and compared, and the first was moved.
func TestWhatChangesBeforeTheMoveIsKept(t *testing.T) {
	for _, test := range edits {
		t.Run(test.name, func(t *testing.T) {
			root, files := threeFiles(t)
			for i := range files {
				files[i].Name = root + "/" + files[i].Name
			}
			staged, err := stageAll(files)
			if err != nil {
				t.Fatal(err)
			}
			test.edit(t, root)
			err = moveAll(staged)
			for _, s := range staged {
				s.discard()
			}
			wantChanged(t, err, test.want)
			after := content(t, root)
			root, _ = threeFiles(t)
			test.edit(t, root)
			wantContent(t, root, after)
		})
	}
}

// Between the last comparison and the replacing, others can still write into the file: the backup has it then.
func TestTheBackupIsTheFileItself(t *testing.T) {
	root := t.TempDir()
	put(t, root+"/values.yaml", "tag: old\n", 0o644)
	open, err := os.OpenFile(root+"/values.yaml", os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := Folder(root).Write(setFor(root)); err != nil {
		t.Fatal(err)
	}
	if _, err := open.WriteString("mine: 1\n"); err != nil || open.Close() != nil {
		t.Fatal(err)
	}
	wantContent(t, root, map[string]string{"values.yaml": newValues, "pull-secret.sh": newScript,
		"values.yaml.bak": "rw-r--r-- tag: old\nmine: 1\n"})
}

// A file that was created meanwhile is not replaced, even where nothing compares it any more.
func TestRenameNewReplacesNothing(t *testing.T) {
	root := t.TempDir()
	put(t, root+"/values.yaml", "mine: 1\n", 0o644)
	made, err := create(root+"/values.yaml", []byte("a: b\n"), 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	wantChanged(t, made.renameNew(root+"/values.yaml"), "it was created while this ran")
	made.discard()
	wantContent(t, root, map[string]string{"values.yaml": "rw-r--r-- mine: 1\n"})
}

func TestASnapshotReadsEachFileOnce(t *testing.T) {
	root := t.TempDir()
	put(t, root+"/values.yaml", "a: 1\n", 0o644)
	s := NewSnapshot(root)
	for range 2 {
		if data, err := s.Read("values.yaml"); err != nil || string(data) != "a: 1\n" {
			t.Errorf("%q, %v", data, err)
		}
		if data, err := s.Read("new.yaml"); err != nil || data != nil {
			t.Errorf("%q, %v", data, err)
		}
		put(t, root+"/values.yaml", "a: 2\n", 0o644)
		put(t, root+"/new.yaml", "b: 2\n", 0o644)
	}
}
