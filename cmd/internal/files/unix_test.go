//go:build unix

package files

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// writeUnder writes the set in a process of its own, which a limit of the operating system can hold without touching
// the tests. The process is this test, which finds its folder in the environment.
func writeUnder(t *testing.T, root string, prepare func() error) string {
	t.Helper()
	if folder := os.Getenv("FILES_TEST_FOLDER"); folder != "" {
		if err := prepare(); err != nil {
			t.Fatal(err)
		}
		files := set()
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
