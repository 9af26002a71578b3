//go:build unix

package main

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// kept are the files in the state folder of a home, by name, and their modes.
func kept(t *testing.T, home string) map[string]fs.FileMode {
	t.Helper()
	out := map[string]fs.FileMode{}
	entries, err := os.ReadDir(filepath.Join(home, ".local", "state", "conductor-registry"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = info.Mode()
	}
	return out
}

// in starts the wizard in a folder and a home that other runs share.
func in(t *testing.T, folder, home string, args ...string) *terminal {
	t.Helper()
	c := program(t, args...)
	c.Dir = folder
	c.Env = append(c.Env, "HOME="+home)
	return open(t, c, 120, 40)
}

func TestLeavingKeepsTheAnswersAndResumeGoesOn(t *testing.T) {
	folder, home := t.TempDir(), t.TempDir()
	s := in(t, folder, home)
	s.see("Which chart")
	s.press(enter, "quay", enter, "myorg")
	s.see("quay.io/myorg/")
	s.press(ctrlC)
	s.ends(130)
	s.see("your answers are saved; to resume: conductor-registry --resume")
	for name, mode := range kept(t, home) {
		if mode.Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, mode)
		}
	}

	hint := in(t, folder, home)
	hint.see("ctrl+r resumes it")
	hint.press(ctrlC)
	hint.ends(130)

	again := in(t, folder, home, "--resume")
	again.see("quay.io/myorg/")
}

func TestResumeWithNothingKept(t *testing.T) {
	s := in(t, t.TempDir(), t.TempDir(), "--resume")
	s.ends(2)
	s.see(`no unfinished session for files in ".": start without --resume`)
}

func TestAnotherFolderHasAnswersOfItsOwn(t *testing.T) {
	home := t.TempDir()
	s := in(t, t.TempDir(), home, "--out", "my files")
	s.see("Which chart")
	s.press(enter, "quay", enter, "myorg")
	s.see("quay.io/myorg/")
	s.press(ctrlC)
	s.ends(130)
	s.see("conductor-registry --resume --out 'my files'")
	in(t, t.TempDir(), home, "--resume").ends(2)
}

func TestWhatIsWrittenIsKeptNoLonger(t *testing.T) {
	folder, home := t.TempDir(), t.TempDir()
	s := in(t, folder, home)
	s.see("Which chart")
	s.press(enter, "quay", enter, "myorg")
	s.see("quay.io/myorg/")
	if len(kept(t, home)) == 0 {
		t.Error("nothing is kept meanwhile")
	}
	s.press("\x13")
	s.see("Write 3 files")
	s.press(enter)
	s.ends(0)
	if left := kept(t, home); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// A kill at any moment loses nothing that the screen showed.
func TestAKillLosesNothingThatIsSeen(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	const name = "platform-engineering-mirror"
	for range 8 {
		folder, home := t.TempDir(), t.TempDir()
		s := in(t, folder, home)
		s.see("Which chart")
		s.press(enter, "quay", enter)
		s.see("Organization")
		typed := 1 + random.IntN(len(name)-1)
		for _, key := range name[:typed] {
			s.press(string(key))
		}
		s.see("quay.io/" + name[:typed] + "/")
		if err := s.program.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		<-s.over
		again := in(t, folder, home, "--resume")
		again.see("quay.io/" + name[:typed] + "/")
		again.press(ctrlC)
		again.ends(130)
		for file := range kept(t, home) {
			if !strings.HasSuffix(file, ".yaml") {
				t.Errorf("%s is left of a write that was cut off", file)
			}
		}
	}
}

// What was left of one values file is not taken up for another in the same folder.
func TestAnotherValuesFileHasAnswersOfItsOwn(t *testing.T) {
	folder, home := t.TempDir(), t.TempDir()
	for _, name := range []string{"eu.yaml", "us.yaml"} {
		text := "global: {image: {registry: quay.io/" + strings.TrimSuffix(name, ".yaml") + ", tag: '1'}}\n"
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := in(t, folder, home, "--values", "eu.yaml")
	s.see("quay.io/eu/")
	s.press("\x1b5", tab, tab, ctrlU, "2")
	s.see("server:2")
	s.press(ctrlC)
	s.ends(130)
	s.see("conductor-registry --resume --values eu.yaml")
	in(t, folder, home, "--resume", "--values", "us.yaml").ends(2)
	in(t, folder, home, "--resume", "--values", "eu.yaml").see("server:2")
}
