//go:build unix

package files

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// writeUnder writes the set in a process of its own, so that a limit of the operating system does not affect the tests.
// The process runs this test again, with its folder in the environment.
func writeUnder(t *testing.T, root string, prepare func() error) string {
	t.Helper()
	if folder := os.Getenv("FILES_TEST_FOLDER"); folder != "" {
		if err := prepare(); err != nil {
			t.Fatal(err)
		}
		files := setFor(folder)
		files[1].Data = make([]byte, 4096)
		if err := Folder(folder).Write(files); err != nil {
			_, _ = os.Stderr.WriteString(err.Error())
		}
		os.Exit(0)
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), "FILES_TEST_FOLDER="+root+"/out")
	var said strings.Builder
	child.Stderr = &said
	if err := child.Run(); err != nil {
		t.Fatal(err, said.String())
	}
	return said.String()
}

// A limit on the size of files stops a write half-way, as a full disk does, and it stops root too.
func TestDiskFullHalfWay(t *testing.T) {
	root := t.TempDir()
	got := writeUnder(t, root, func() error {
		return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1000, Max: 1000})
	})
	if want := "file too large; nothing was written"; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	wantContent(t, root, map[string]string{})
}

func TestModesWhateverTheUmask(t *testing.T) {
	root := t.TempDir()
	got := writeUnder(t, root, func() error { syscall.Umask(0o077); return nil })
	if got != "" {
		t.Fatal(got)
	}
	modes := content(t, root)
	if !strings.HasPrefix(modes["out/values.yaml"], "rw-r--r-- ") || !strings.HasPrefix(modes["out/pull-secret.sh"], "rwxr-xr-x ") {
		t.Errorf("got %.20q", modes)
	}
}

// A named pipe is refused at once: there may never be a writer. One that is open already, as bash's <(COMMAND), is read.
func TestReadDoesNotWaitForAPipe(t *testing.T) {
	root := t.TempDir()
	if err := syscall.Mkfifo(root+"/values.yaml", 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Folder(root).Read("values.yaml"); err == nil || !strings.HasSuffix(err.Error(), "not a regular file") {
		t.Error(err)
	}
	if err := Folder(root).Write(set()); err == nil || !strings.HasSuffix(err.Error(), "not a regular file; nothing was written") {
		t.Error(err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.WriteString("a: b\n"); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	data, err := Read("/dev/fd/" + strconv.Itoa(int(r.Fd())))
	if err != nil || string(data) != "a: b\n" {
		t.Errorf("%q, %v", data, err)
	}
}

// As root, a file and its backup keep their owner.
func TestOwnerIsKept(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can give files to others")
	}
	root := t.TempDir()
	put(t, root+"/values.yaml", "tag: old\n", 0o640)
	if err := os.Chown(root+"/values.yaml", 12345, 54321); err != nil {
		t.Fatal(err)
	}
	if err := Folder(root).Write(setFor(root)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"values.yaml", "values.yaml.bak"} {
		info, err := os.Stat(root + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if owner, ok := info.Sys().(*syscall.Stat_t); !ok || owner.Uid != 12345 || owner.Gid != 54321 || info.Mode().Perm() != 0o640 {
			t.Errorf("%s has the owner %d:%d and mode %s", name, owner.Uid, owner.Gid, info.Mode())
		}
	}
}
