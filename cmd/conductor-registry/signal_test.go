//go:build unix

package main

import (
	"syscall"
	"testing"
)

// Whatever ends the wizard from outside, what was answered is there to go on with. SIGTERM is told too; after SIGHUP
// there is nobody to tell.
func TestEndedFromOutside(t *testing.T) {
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
				s.see("ended from outside; nothing was written")
				s.see("your answers are kept; to go on: conductor-registry --resume")
			}
			<-s.over
			s.wrote()
			again := in(t, folder, home, "--resume")
			again.see("› Image of server")
			again.see("quay.io/myorg/conductor/server:")
			again.press(ctrlC)
			again.ends(130)
		})
	}
}
