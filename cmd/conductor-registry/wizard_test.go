//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

const example = "../../golden/scenarios/guide-acr/"

// golden is a file of the guide's example for ACR, with the pull policy that the wizard preselects for its tag, latest.
func golden(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(example + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), `pullPolicy: "IfNotPresent"`, `pullPolicy: "Always"`)
}

// toDetails goes from the first page to the name of the registry.
func (s *terminal) toDetails() {
	s.t.Helper()
	s.see("Which chart")
	s.press(enter, "acr", enter)
	s.see("Registry name")
}

// toReview answers the guide's example for ACR up to the last page, at the speed of a paste.
func (s *terminal) toReview() {
	s.t.Helper()
	s.toDetails()
	s.press("myacr", enter)                                                                // the name; the cloud is taken as it is
	s.press(enter)                                                                         // the pattern
	s.press("conductor/server", enter, "conductor/workers", enter, "latest", enter, enter) // images, tag, policy
	s.press(enter, enter, enter)                                                           // method, name, namespace
	s.see("Ready to write")
	s.see("Write ") // the button, once it is known what is there already
}

// isExample wants the files of the example.
func (s *terminal) isExample(names ...string) {
	s.t.Helper()
	for _, name := range names {
		if got, want := s.file(name), golden(s.t, name); got != want {
			s.t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
}

// The ACR example of the guide from the first key to the files, and its answers give the same files again.
func TestExample(t *testing.T) {
	s := open(t, program(t), 120, 40)
	s.toReview()
	s.wrote()
	s.press(enter)
	s.ends(0)
	s.see("Wrote values.yaml, pull-secret.sh and answers.yaml.")
	s.see("bash pull-secret.sh")
	s.see("myacr.azurecr.io/conductor/workers:latest")
	s.wrote("answers.yaml", "pull-secret.sh", "values.yaml")
	s.isExample("values.yaml", "pull-secret.sh")

	again := program(t, "generate", "--answers", filepath.Join(s.program.Dir, "answers.yaml"), "--check")
	again.Dir = s.program.Dir
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("generate --check after the wizard: %v\n%s", err, out)
	}
}

func TestInterrupt(t *testing.T) {
	for name, to := range map[string]func(*terminal){
		"on the first page": func(s *terminal) { s.see("Which chart") },
		"while typing":      func(s *terminal) { s.toDetails(); s.press("mya"); s.see("mya") },
		"on the review":     func(s *terminal) { s.toReview() },
		"in the help":       func(s *terminal) { s.see("Which chart"); s.press(f1); s.see("previous question") },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, program(t), 120, 40)
			to(s)
			s.press(ctrlC)
			s.ends(130)
			s.see("cancelled; nothing was written")
			s.wrote()
		})
	}
}

func TestTerminate(t *testing.T) {
	s := open(t, program(t), 120, 40)
	s.toReview()
	if err := s.program.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.ends(143)
	s.see("nothing was written")
	s.wrote()
}

// ctrl+z gives the terminal back to the shell, and fg goes on where it was.
func TestSuspend(t *testing.T) {
	c := program(t)
	c.Args = []string{"bash", "--norc", "--noprofile", "-i"}
	c.Env = append(c.Env, "PROGRAM="+c.Path, `PS1=ready\#> `) // \\# counts the commands
	var err error
	if c.Path, err = exec.LookPath("bash"); err != nil {
		t.Fatal(err)
	}
	s := open(t, c, 120, 40)
	s.see("ready1>")
	s.press(`"$PROGRAM"`, enter)
	s.toDetails()
	s.press("mya")
	s.see("mya.azurecr.io")
	s.press(ctrlZ)
	s.see("Stopped")
	s.see("ready2>")
	if s.alternate() {
		t.Error("the shell has the wizard's screen")
	}
	s.press("fg", enter)
	s.see("mya.azurecr.io")
	s.press(ctrlC)
	s.see("cancelled; nothing was written")
	s.see("ready3>")
	s.press("echo code=$?", enter)
	s.see("code=130")
	s.press("exit", enter)
	s.ends(0)
}

// A storm of sizes, the smallest among them, leaves the screen as it was.
func TestResize(t *testing.T) {
	s := open(t, program(t), 120, 40)
	s.toDetails()
	s.press("myacr")
	s.see("myacr.azurecr.io")
	before := s.text()
	for range 10 {
		for _, size := range [][2]int{{80, 24}, {20, 5}, {60, 20}, {59, 19}, {200, 60}, {1, 1}, {120, 20}} {
			s.resize(size[0], size[1])
		}
	}
	s.resize(20, 5)
	s.see("needs")
	s.resize(60, 20)
	s.see("Registry name")
	s.resize(120, 40)
	s.until("the screen from before", func() bool { return s.text() == before })
	s.press(enter)
	s.see("Where should values.yaml put the registry?")
	s.press(ctrlC)
	s.ends(130)
}

// What people paste is put right, and they are told.
func TestPaste(t *testing.T) {
	s := open(t, program(t), 120, 40)
	s.toDetails()
	s.paste("https://MyACR.azurecr.io/ ")
	s.until("the name alone", func() bool {
		return regexp.MustCompile(`Registry name +myacr `).MatchString(s.text())
	})
	s.see("https://") // in the remark
	s.see("myacr.azurecr.io/")
	s.press(ctrlC)
	s.ends(130)
}

// With its output redirected the values go there, and the wizard still has the terminal.
func TestValuesToStdout(t *testing.T) {
	c := program(t)
	out, err := os.Create(filepath.Join(t.TempDir(), "redirected.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	c.Stdout = out
	s := open(t, c, 120, 40)
	s.toReview()
	s.press(enter)
	s.ends(0)
	got, err := os.ReadFile(out.Name())
	if want := golden(t, "values.yaml"); err != nil || string(got) != want {
		t.Errorf("standard output is %q, want %q (%v)", got, want, err)
	}
	s.wrote("answers.yaml", "pull-secret.sh")
}

// Our keys are written into what is there already, and all of it is replaced only with a second key. Either way the old
// file is kept.
func TestOverwrite(t *testing.T) {
	for name, overwrite := range map[string]bool{"merged by default": false, "overwritten when told": true} {
		t.Run(name, func(t *testing.T) {
			c := program(t)
			const mine = "mine: true\n"
			if err := os.WriteFile(filepath.Join(c.Dir, "values.yaml"), []byte(mine), 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(t, c, 120, 40)
			s.see("Which chart")
			s.press("\x1bn") // the file is offered: begin anew
			s.toReview()
			s.see("merge ")
			s.see("mine: true")
			s.see("› Write 3 files")
			if overwrite {
				s.press(shiftTab, shiftTab, shiftTab, "o")
				s.see("o again")
				s.press("o")
				s.see("overwrite ")
				s.press(tab, tab, tab)
			}
			s.press(enter, enter) // the second one must not write again
			s.ends(0)
			s.wrote("answers.yaml", "pull-secret.sh", "values.yaml", "values.yaml.bak")
			if overwrite {
				s.isExample("values.yaml")
			} else if got := s.file("values.yaml"); !strings.HasPrefix(got, mine) || !strings.Contains(got, "existingImagePullSecret") {
				t.Errorf("values.yaml is %q", got)
			}
			if got := s.file("values.yaml.bak"); got != mine {
				t.Errorf("values.yaml.bak is %q", got)
			}
		})
	}
}

// A folder that can't be written is told on the review, which stays: what was answered is not lost.
func TestUnwritable(t *testing.T) {
	s := open(t, program(t, "--out", "deploy"), 160, 40)
	s.toReview()
	blocker := filepath.Join(s.program.Dir, "deploy") // a file in the folder's place stops root too
	if err := os.WriteFile(blocker, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.press(enter)
	s.see("not a directory")
	s.see("nothing was written")
	s.see("Ready to write")
	if err := os.Remove(blocker); err != nil {
		t.Fatal(err)
	}
	s.press(enter)
	s.ends(0)
	if _, err := os.Stat(filepath.Join(blocker, "values.yaml")); err != nil {
		t.Error(err)
	}
}

// The keys that move about.
func TestKeys(t *testing.T) {
	s := open(t, program(t), 80, 24)
	s.see("Which chart")
	s.press(f1)
	s.see("previous question")
	s.press(f1)
	s.gone("previous question")
	s.press(enter)
	s.see("Where are the images?")
	s.press("\x1b[B", "\x1b[B")
	s.see("public.ecr.aws/")
	s.press("harbor")
	s.gone("Quay")
	s.press(enter)
	s.see("Harbor")
	s.press("harbor.example.com", tab, "library")
	s.see("harbor.example.com/library/")
	s.press(shiftTab, ctrlU, "other.example.com")
	s.see("other.example.com/library/")
	s.press(ctrlP)
	s.see(`registry: "other.example.com/library"`)
	s.press(enter)
	s.gone(`registry: "other.example.com/library"`)
	s.press(esc)
	s.see("Where are the images?")
	s.press(ctrlC)
	s.ends(130)
}

// Without a terminal there is nobody to ask: no waiting, and the command that needs none.
func TestNoTerminal(t *testing.T) {
	const instead = "conductor-registry generate --answers answers.yaml"
	t.Run("standard input is a pipe", func(t *testing.T) {
		c := program(t)
		c.Stdin = strings.NewReader("q")
		s := open(t, c, 80, 24)
		s.ends(2)
		s.see(instead)
		s.wrote()
	})
	t.Run("standard error is a file", func(t *testing.T) {
		c := program(t)
		file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		c.Stderr = file
		s := open(t, c, 80, 24)
		s.ends(2)
		if said, err := os.ReadFile(file.Name()); err != nil || !strings.Contains(string(said), instead) ||
			strings.Contains(string(said), "\x1b") {
			t.Errorf("standard error is %q (%v)", said, err)
		}
	})
}

// A file that is opened keeps every byte but the answer that was changed.
func TestValuesOpened(t *testing.T) {
	before, err := os.ReadFile("../../model/convert/testdata/adopt/comments.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := program(t, "--values", "deploy/values-eu.yaml")
	if err := os.Mkdir(filepath.Join(c.Dir, "deploy"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.Dir, "deploy", "values-eu.yaml"), before, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, c, 120, 40)
	s.see("myacr.azurecr.io/conductor/server:5.2.41")
	s.press("\x1b5")
	s.see("Which images?")
	s.press(tab, tab, ctrlU, "5.3.0")
	s.see("conductor/server:5.3.0")
	s.press("\x1b7")
	s.see("merge      values-eu.yaml")
	s.see("› Write 1 file")
	s.press(enter)
	s.ends(0)
	want := strings.Replace(string(before), "tag: 5.2.41", `tag: "5.3.0"`, 1)
	if got := s.file("deploy/values-eu.yaml"); got != want {
		t.Errorf("got\n%s", got)
	}
	if s.file("deploy/values-eu.yaml.bak") != string(before) {
		t.Error("no .bak of it")
	}
}
