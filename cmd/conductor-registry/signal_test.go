//go:build unix

package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A wizard that a signal ends restores the terminal and keeps its answers.
func TestSignalKeepsAnswers(t *testing.T) {
	defaultHangup(t)
	for name, test := range map[string]struct {
		signals []syscall.Signal
		code    int
		words   string
	}{
		"HUP":          {[]syscall.Signal{syscall.SIGHUP}, 129, "the terminal was closed; nothing was written"},
		"INT":          {[]syscall.Signal{syscall.SIGINT}, 130, "cancelled; nothing was written"},
		"QUIT":         {[]syscall.Signal{syscall.SIGQUIT}, 131, "terminated by SIGQUIT; nothing was written"},
		"TERM":         {[]syscall.Signal{syscall.SIGTERM}, 143, "terminated; nothing was written"},
		"TERM and INT": {[]syscall.Signal{syscall.SIGTERM, syscall.SIGINT}, 143, "terminated; nothing was written"},
		"INT and TERM": {[]syscall.Signal{syscall.SIGINT, syscall.SIGTERM}, 143, "terminated; nothing was written"},
		"INT twice":    {[]syscall.Signal{syscall.SIGINT, syscall.SIGINT}, 130, "cancelled; nothing was written"},
		"all": {[]syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGHUP}, 129,
			"the terminal was closed; nothing was written"},
		"KILL": {[]syscall.Signal{syscall.SIGKILL}, -1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			folder, home := t.TempDir(), t.TempDir()
			s := in(t, folder, home)
			s.see("Which chart")
			s.press(enter, "quay", enter, "myorg", enter, enter, "conductor/server")
			s.see("quay.io/myorg/conductor/server:")
			s.signal(test.signals...)
			if test.code > 0 {
				s.ends(test.code)
				s.see(test.words)
				s.see("your answers are saved; to resume: conductor-registry --resume")
			} else {
				s.exits(test.code)
			}
			s.wrote()
			again := in(t, folder, home, "--resume")
			again.see("› Server image")
			again.see("quay.io/myorg/conductor/server:")
			again.press(ctrlC)
			again.ends(130)
		})
	}
}

// signal sends signals to the program, all before it runs again.
func (s *terminal) signal(signals ...syscall.Signal) {
	s.t.Helper()
	if len(signals) > 1 {
		signals = append(append([]syscall.Signal{syscall.SIGSTOP}, signals...), syscall.SIGCONT)
	}
	for _, number := range signals {
		if err := s.program.Process.Signal(number); err != nil {
			s.t.Fatal(err)
		}
	}
}

// The line prompts end with the same codes.
func TestSignalEndsThePrompts(t *testing.T) {
	defaultHangup(t)
	for number, code := range map[syscall.Signal]int{syscall.SIGHUP: 129, syscall.SIGINT: 130, syscall.SIGQUIT: 131,
		syscall.SIGTERM: 143} {
		s := open(t, program(t, "--accessible"), 80, 24)
		s.see("Chart [2.8]")
		s.signal(number)
		s.ends(code)
		s.see("nothing was written")
	}
}

// A terminal that is gone ends the wizard, also when nohup made it ignore the signal. The answers are kept.
func TestAClosedTerminalEndsTheWizard(t *testing.T) {
	defaultHangup(t)
	for name, args := range map[string][]string{"signal": nil, "ignored": {"bash", "-c", `trap "" HUP; exec "$PROGRAM"`}} {
		t.Run(name, func(t *testing.T) {
			c := program(t)
			if args != nil {
				c.Env = append(c.Env, "PROGRAM="+c.Path)
				c.Args, c.Path = args, lookPath(t, "bash")
			}
			s := open(t, c, 120, 40)
			s.see("Which chart")
			s.press(enter, "quay", enter, "myorg")
			s.see("quay.io/myorg/")
			s.vanish()
			s.exits(129)
			home := ""
			for _, variable := range c.Env {
				if value, ok := strings.CutPrefix(variable, "HOME="); ok {
					home = value
				}
			}
			if len(kept(t, home)) != 1 {
				t.Errorf("kept %v", kept(t, home))
			}
		})
	}
}

// vanish closes the terminal. A read that waits keeps it open: a last key makes the program draw, which ends the read.
func (s *terminal) vanish() {
	s.t.Helper()
	last, err := syscall.Dup(int(s.ours.Fd()))
	if err != nil {
		s.t.Fatal(err)
	}
	_ = s.theirs.Close()
	_ = s.ours.Close()
	if _, err := syscall.Write(last, []byte("x")); err != nil {
		s.t.Fatal(err)
	}
	if err := syscall.Close(last); err != nil {
		s.t.Fatal(err)
	}
}

// lookPath returns the path of a program, and skips the test when it is not installed.
func lookPath(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip(err)
	}
	return path
}

// Where no shell can resume the wizard, ctrl+z does not suspend it: as the session's leader, below a shell without job
// control, and below a program that waits for nothing but the end.
func TestNoSuspendWithoutJobControl(t *testing.T) {
	for name, args := range map[string][]string{
		"leader":       nil,
		"shell":        {"bash", "-c", `"$PROGRAM"; exit $?`},
		"nested shell": {"bash", "-c", `bash -c '"$PROGRAM"; exit $?'; exit $?`},
		"env":          {"bash", "-c", `env -i TERM=$TERM ` + asProgram + `=1 HOME=$HOME "$PROGRAM"; exit $?`},
	} {
		t.Run(name, func(t *testing.T) {
			c := program(t)
			if args != nil {
				c.Env = append(c.Env, "PROGRAM="+c.Path)
				c.Args, c.Path = args, lookPath(t, "bash")
			}
			s := open(t, c, 120, 40)
			s.see("Which chart")
			s.press(ctrlZ)
			s.see("no shell can resume the wizard here")
			s.press(enter)
			s.see("Where are the images?")
			s.press(ctrlC)
			s.ends(130)
		})
	}
}

// A script that a shell with job control runs can be suspended with all that it runs.
func TestSuspendBelowAScript(t *testing.T) {
	c := program(t)
	c.Args = []string{"bash", "--norc", "--noprofile", "-i"}
	c.Env = append(c.Env, "PROGRAM="+c.Path, `PS1=ready\#> `)
	c.Path = lookPath(t, "bash")
	s := open(t, c, 120, 40)
	s.see("ready1>")
	s.press(`sh -c '"$PROGRAM"; echo left'`, enter)
	s.see("Which chart")
	s.press(ctrlZ)
	s.see("Stopped")
	s.see("ready2>")
	s.press("fg", enter)
	s.see("Which chart")
	s.press(ctrlC)
	s.see("ready3>") // the prompt: the shell drops what is typed before it
	s.press("exit", enter)
	s.ends(0)
}

// helm does not outlive a wizard that a signal ended.
func TestASignalEndsHelm(t *testing.T) {
	defaultHangup(t)
	chart, err := filepath.Abs("../../golden/charts/2.8")
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []syscall.Signal{syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGTERM} {
		folder := t.TempDir()
		fifo, helm, answers := filepath.Join(folder, "fifo"), filepath.Join(folder, "helm"), filepath.Join(folder, "answers.yaml")
		if err := syscall.Mkfifo(fifo, 0o600); err != nil {
			t.Fatal(err)
		}
		script := "#!/bin/sh\ncase $1 in version) echo v4.0.0; exit;; esac\nexec 9>'" + fifo + "'; echo started >&9; exec sleep 1000\n"
		if err := os.WriteFile(helm, []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		given := "version: 1\nregistry: {provider: acr, name: myacr}\n"
		if err := os.WriteFile(answers, []byte(given), 0o600); err != nil {
			t.Fatal(err)
		}
		s := open(t, program(t, "--chart", chart, "--helm", helm, "--answers", answers), 120, 40)
		running, err := os.Open(fifo) // blocks until helm opens it
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = running.Close() })
		if line, err := bufio.NewReader(running).ReadString('\n'); err != nil {
			t.Fatal(line, err)
		}
		s.signal(number)
		s.exits(128 + int(number))
		if err := running.SetReadDeadline(time.Now().Add(patience)); err != nil {
			t.Fatal(err)
		}
		if _, err := running.Read(make([]byte, 1)); !errors.Is(err, io.EOF) { // it ends with the last that has it open
			t.Errorf("helm still runs after %v: %v", number, err)
		}
	}
}

// defaultHangup gives SIGHUP its default action in programs that the test starts: under nohup they would inherit that it
// is ignored.
func defaultHangup(t *testing.T) {
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(caught) })
}
