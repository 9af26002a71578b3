//go:build unix

package cli

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// A preset that is a named pipe or a device is refused: reading it would wait, or fill the memory.
func TestPresetsAreRegularFiles(t *testing.T) {
	in := newInputs(t)
	name := in.folder + "/presets/x.yaml"
	for what, put := range map[string]func() error{
		"a pipe":   func() error { return syscall.Mkfifo(name, 0o600) },
		"a device": func() error { return os.Symlink("/dev/zero", name) },
	} {
		if err := put(); err != nil {
			t.Fatal(err)
		}
		r := in.call([]string{"presets", "--presets", in.folder + "/presets"})
		if r.code != exitFailure || !strings.Contains(r.said, "cannot read x.yaml: not a regular file") {
			t.Errorf("%s: exit code %d, %s", what, r.code, r.said)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}
