package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/plan"
)

func set() []plan.File {
	return []plan.File{
		{Name: "values.yaml", Data: []byte("tag: new\n"), Mode: 0o644},
		{Name: "pull-secret.sh", Data: []byte("#!/bin/sh\n"), Mode: 0o755},
	}
}

// setFor is the set, made with what the folder has now.
func setFor(folder string) []plan.File {
	files := set()
	for i := range files {
		files[i].Replaces, _ = Folder(folder).Read(files[i].Name)
	}
	return files
}

// content returns every file below a folder by its path, with its mode; for links it returns their targets.
func content(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		name, _ := filepath.Rel(root, path)
		info, err := entry.Info()
		if err != nil {
			return err
		}
		switch {
		case entry.IsDir():
			out[name] = "folder"
		case info.Mode()&fs.ModeSymlink != 0:
			to, _ := os.Readlink(path)
			out[name] = "-> " + to
		default:
			data, err := os.ReadFile(path)
			out[name] = info.Mode().String()[1:] + " " + string(data)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func put(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func wantContent(t *testing.T, root string, want map[string]string) {
	t.Helper()
	got := content(t, root)
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s is %q, want %q", name, got[name], text)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s was left behind: %q", name, got[name])
		}
	}
}

const (
	newValues = "rw-r--r-- tag: new\n"
	newScript = "rwxr-xr-x #!/bin/sh\n"
)

func TestWrite(t *testing.T) {
	tests := []struct {
		name  string
		given func(t *testing.T, root string)
		want  map[string]string
	}{
		{
			"into a folder that is not there", func(*testing.T, string) {},
			map[string]string{"out": "folder", "out/values.yaml": newValues, "out/pull-secret.sh": newScript},
		},
		{
			"over a file, which is kept", func(t *testing.T, root string) {
				_ = os.Mkdir(root+"/out", 0o755)
				put(t, root+"/out/values.yaml", "tag: old\n", 0o644)
				put(t, root+"/out/values.yaml.bak", "tag: older\n", 0o644)
			},
			map[string]string{
				"out": "folder", "out/values.yaml": newValues, "out/pull-secret.sh": newScript,
				"out/values.yaml.bak": "rw-r--r-- tag: old\n",
			},
		},
		{
			"over a private file, which stays private", func(t *testing.T, root string) {
				_ = os.Mkdir(root+"/out", 0o755)
				put(t, root+"/out/values.yaml", "tag: old\n", 0o600)
				put(t, root+"/out/pull-secret.sh", "old\n", 0o600)
			},
			map[string]string{
				"out": "folder", "out/values.yaml": "rw------- tag: new\n", "out/values.yaml.bak": "rw------- tag: old\n",
				"out/pull-secret.sh": "rwx--x--x #!/bin/sh\n", "out/pull-secret.sh.bak": "rw------- old\n",
			},
		},
		{
			"through a link, which stays one", func(t *testing.T, root string) {
				_ = os.Mkdir(root+"/out", 0o755)
				_ = os.Mkdir(root+"/shared", 0o755)
				put(t, root+"/shared/values.yaml", "tag: old\n", 0o644)
				link(t, "../shared/values.yaml", root+"/out/values.yaml")
			},
			map[string]string{
				"out": "folder", "shared": "folder", "shared/values.yaml": newValues, "out/pull-secret.sh": newScript,
				"out/values.yaml": "-> ../shared/values.yaml", "out/values.yaml.bak": "rw-r--r-- tag: old\n",
			},
		},
		{
			"through a link to what is not there yet", func(t *testing.T, root string) {
				_ = os.Mkdir(root+"/out", 0o755)
				_ = os.Mkdir(root+"/shared", 0o755)
				link(t, "../shared/values.yaml", root+"/out/values.yaml")
			},
			map[string]string{
				"out": "folder", "shared": "folder", "shared/values.yaml": newValues, "out/pull-secret.sh": newScript,
				"out/values.yaml": "-> ../shared/values.yaml",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			test.given(t, root)
			if err := Folder(root + "/out").Write(setFor(root + "/out")); err != nil {
				t.Fatal(err)
			}
			wantContent(t, root, test.want)
		})
	}
}

func link(t *testing.T, to, at string) {
	t.Helper()
	if err := os.Symlink(to, at); err != nil {
		t.Fatal(err)
	}
}

// Nothing here depends on who runs it: rights that root ignores are not what is tested.
func TestWriteFailsWhole(t *testing.T) {
	tests := []struct {
		name, folder string
		given        func(t *testing.T, root string)
		want         string
	}{
		{"below a file", "file/out", func(t *testing.T, root string) { put(t, root+"/file", "x", 0o644) }, "not a directory"},
		{"into a file", "file", func(t *testing.T, root string) { put(t, root+"/file", "x", 0o644) }, "not a directory"},
		{"the second is a folder", "out", func(_ *testing.T, root string) {
			_ = os.MkdirAll(root+"/out/pull-secret.sh", 0o755)
		}, "it is a folder"},
		{"the second is read-only", "out", func(t *testing.T, root string) {
			_ = os.Mkdir(root+"/out", 0o755)
			put(t, root+"/out/values.yaml", "old", 0o644)
			put(t, root+"/out/pull-secret.sh", "old", 0o444)
		}, "read-only; allow it with: chmod u+w"},
		{"the backup is a folder", "out", func(t *testing.T, root string) {
			_ = os.MkdirAll(root+"/out/pull-secret.sh.bak", 0o755)
			put(t, root+"/out/pull-secret.sh", "old", 0o644)
		}, "the backup "},
		{"a link leads to itself", "out", func(t *testing.T, root string) {
			_ = os.Mkdir(root+"/out", 0o755)
			link(t, "pull-secret.sh", root+"/out/pull-secret.sh")
		}, "form a circle"},
		{"a link leads into no folder", "out", func(t *testing.T, root string) {
			_ = os.Mkdir(root+"/out", 0o755)
			link(t, "../gone/pull-secret.sh", root+"/out/pull-secret.sh")
		}, "no such file or directory"},
		{"a name that no file can have", "new/out", func(*testing.T, string) {}, "invalid argument"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			test.given(t, root)
			before := content(t, root)
			files := setFor(root + "/" + test.folder)
			if test.folder == "new/out" {
				files[1].Name = "nul\x00"
			}
			err := Folder(root + "/" + test.folder).Write(files)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasSuffix(err.Error(), "; nothing was written") {
				t.Errorf("got %v, want it to say %q and that nothing was written", err, test.want)
			}
			wantContent(t, root, before)
		})
	}
}

// When a file cannot be moved to its place, the others and their backups are as before.
func TestMoveFailsWhole(t *testing.T) {
	root := t.TempDir()
	put(t, root+"/values.yaml", "tag: old\n", 0o644)
	put(t, root+"/values.yaml.bak", "tag: older\n", 0o600)
	put(t, root+"/pull-secret.sh", "old\n", 0o755)
	put(t, root+"/last.yaml", "tag: old\n", 0o644)
	before := content(t, root)
	for _, broken := range []func(s *staging) string{
		func(s *staging) string { return s.file.path }, func(s *staging) string { return s.backup.path },
	} {
		moveFails(t, root, broken)
		wantContent(t, root, before)
	}
}

// moveFails writes the set and two more files, the last of which cannot be moved. The last one exists.
func moveFails(t *testing.T, root string, broken func(*staging) string) {
	t.Helper()
	var staged []*staging
	last := plan.File{Name: "last.yaml", Data: []byte("tag: new\n"), Mode: 0o644, Replaces: []byte("tag: old\n")}
	for _, file := range append(setFor(root), plan.File{Name: "new.yaml", Data: []byte("a: b\n"), Mode: 0o644}, last) {
		file.Name = root + "/" + file.Name
		s, err := stage(file)
		if err != nil {
			t.Fatal(err)
		}
		staged = append(staged, s)
	}
	if err := os.Remove(broken(staged[3])); err != nil {
		t.Fatal(err)
	}
	err := moveAll(staged)
	if err == nil || err.Error() != "cannot replace "+root+"/last.yaml: no such file or directory; nothing was written" {
		t.Error(err)
	}
	for _, s := range staged {
		s.discard()
	}
}

// What a killed run left is removed by the next one, but not what others have put there, and not while another run
// writes to the folder.
func TestLeftoversAreRemoved(t *testing.T) {
	root := t.TempDir()
	others := []string{".values.yaml.x.tmp", ".values.yaml.12", "values.yaml.12.tmp", ".other.yaml.12.tmp"}
	for _, name := range append(others, ".values.yaml.12.tmp", ".values.yaml.bak.345.tmp", ".pull-secret.sh.6.tmp") {
		put(t, root+"/"+name, "x", 0o600)
	}
	want := map[string]string{"values.yaml": newValues, "pull-secret.sh": newScript}
	for _, name := range others {
		want[name] = "rw------- x"
	}
	release := claim([]string{root + "/other"})
	Folder(root).Tidy("values.yaml")
	if _, err := os.Stat(root + "/.values.yaml.12.tmp"); err != nil {
		t.Error("removed while another run writes:", err)
	}
	release()
	if err := Folder(root).Write(set()); err != nil {
		t.Fatal(err)
	}
	wantContent(t, root, want)
}

func TestReadRefusesWhatIsNoRegularFile(t *testing.T) {
	root := t.TempDir()
	if err := os.Truncate(newFile(t, root+"/large"), MaxSize+1); err != nil {
		t.Fatal(err)
	}
	link(t, "/dev/zero", root+"/zero")
	for name, want := range map[string]string{root: "is a directory", root + "/zero": "not a regular file",
		root + "/large": "larger than 16 MiB: is it the right file?"} {
		if _, err := Read(name); err == nil || err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Folder(filepath.Dir(name)).Read(filepath.Base(name)); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func newFile(t *testing.T, path string) string {
	t.Helper()
	put(t, path, "x", 0o644)
	return path
}

func TestWriteNothingMakesNothing(t *testing.T) {
	root := t.TempDir()
	if err := Folder(root + "/out").Write(nil); err != nil {
		t.Fatal(err)
	}
	wantContent(t, root, map[string]string{})
}

func TestRead(t *testing.T) {
	root := t.TempDir()
	put(t, root+"/empty", "", 0o644)
	f := Folder(root)
	if data, err := f.Read("empty"); data == nil || err != nil {
		t.Errorf("an empty file is there: got %v, %v", data, err)
	}
	if data, err := f.Read("gone"); data != nil || err != nil {
		t.Errorf("a missing file is not an error: got %v, %v", data, err)
	}
	_, err := Folder(root + "/empty").Read("values.yaml")
	if err == nil || !slices.Contains(strings.Fields(err.Error()), filepath.Join(root, "empty", "values.yaml:")) {
		t.Errorf("got %v, want the name of the file", err)
	}
}
