//go:build unix

package main

import (
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// plainly starts the program line by line, on a terminal that knows no escapes: TERM=dumb is enough.
func plainly(t *testing.T, args ...string) *terminal {
	t.Helper()
	c := program(t, args...)
	c.Env = append(c.Env, "TERM=dumb")
	return open(t, c, 120, 60)
}

// typed answers prompts one after the other: a prompt, its answer …
func (s *terminal) typed(pairs ...string) {
	s.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		s.see(pairs[i])
		s.press(pairs[i+1], enter)
	}
}

// noEscapes wants nothing but text to have come from the program.
func (s *terminal) noEscapes() {
	s.t.Helper()
	if strings.Contains(s.output(), "\x1b") {
		s.t.Errorf("escapes on a plain terminal: %q", s.output())
	}
}

// The ACR example of the guide, line by line, gives the files that the wizard gives.
func TestPlainExample(t *testing.T) {
	s := plainly(t)
	s.typed("Chart [2.8]:", "", "Registry (1 to 19):", "acr", "Registry name:", "myacr", "Pattern [global]:", "",
		"Server image [", "conductor/server", "Workers image [", "conductor/workers", "Tag [", "latest",
		"Pull policy [", "", "Method [global]:", "", "Secret [", "", "Namespace [", "")
	s.see("Write values.yaml, pull-secret.sh and answers.yaml? [Y/n]")
	s.wrote()
	s.press("y", enter)
	s.ends(0)
	s.see("Wrote values.yaml, pull-secret.sh and answers.yaml.")
	s.wrote("answers.yaml", "pull-secret.sh", "values.yaml")
	s.isExample("values.yaml", "pull-secret.sh")
	s.noEscapes()
}

func TestPlainInterrupt(t *testing.T) {
	for name, to := range map[string]func(*terminal){
		"at the first question": func(s *terminal) { s.see("Chart [2.8]:") },
		"in an answer":          func(s *terminal) { s.see("Chart [2.8]:"); s.press("2."); s.see("Chart [2.8]: 2.") },
	} {
		t.Run(name, func(t *testing.T) {
			s := plainly(t)
			to(s)
			s.press(ctrlC)
			s.ends(130)
			s.see("cancelled; nothing was written")
			s.wrote()
		})
	}
}

func TestPlainTerminate(t *testing.T) {
	s := plainly(t)
	s.see("Chart [2.8]:")
	if err := s.program.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.ends(143)
	s.see("nothing was written")
	s.wrote()
}

// ctrl+d ends the input: that is no answer.
func TestPlainEndOfInput(t *testing.T) {
	s := plainly(t)
	s.typed("Chart [2.8]:", "")
	s.see("Registry (1 to 19):")
	s.press("\x04")
	s.ends(2)
	s.see("error: the input ended before an answer to: Registry; nothing was written")
	s.wrote()
}

// --accessible is the same on a terminal that could do more, and needs none at all.
func TestPlainByFlag(t *testing.T) {
	s := open(t, program(t, "--accessible"), 120, 60)
	s.see("Chart [2.8]:")
	s.press(ctrlC)
	s.ends(130)
	s.noEscapes()

	piped := program(t, "--accessible")
	piped.Stdin = strings.NewReader("\nacr\nmyacr\n" + strings.Repeat("\n", 8) + "y\n")
	out, err := piped.Output()
	if err != nil || !strings.Contains(string(out), `registry: "myacr.azurecr.io"`) {
		t.Errorf("%v\n%s", err, out)
	}
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		t.Errorf("%s", failed.Stderr)
	}
}
