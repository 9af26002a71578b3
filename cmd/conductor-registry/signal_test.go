//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// A wizard that a signal ends keeps its answers. SIGTERM prints how to resume; after SIGHUP there is no terminal to print
// on.
func TestSignalKeepsAnswers(t *testing.T) {
	defaultHangup(t)
	for signal, code := range map[syscall.Signal]int{syscall.SIGTERM: 143, syscall.SIGHUP: -1, syscall.SIGKILL: -1} {
		t.Run(signal.String(), func(t *testing.T) {
			folder, home := t.TempDir(), t.TempDir()
			s := in(t, folder, home)
			s.see("Which chart")
			s.press(enter, "quay", enter, "myorg", enter, enter, "conductor/server")
			s.see("quay.io/myorg/conductor/server:")
			if err := s.program.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if code > 0 {
				s.ends(code)
				s.see("terminated; nothing was written")
				s.see("your answers are saved; to resume: conductor-registry --resume")
			} else {
				s.exits(code)
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

// defaultHangup gives SIGHUP its default action in programs that the test starts: under nohup they would inherit that it
// is ignored.
func defaultHangup(t *testing.T) {
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(caught) })
}
