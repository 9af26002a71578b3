//go:build trust && linux

package cli

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// reply is what a person presses when a text is on the screen.
type reply struct{ text, keys string }

// Times of a person at a terminal where something fails.
const (
	giveUp  = 4 * time.Second // without a change of the screen; then ctrl+c is pressed
	tooLong = 2 * time.Minute // then the program is killed, and the test fails
)

// onTerminal runs a command on a terminal, answers it, and leaves it with ctrl+c when it does not end by itself. It
// returns the last screen.
func onTerminal(t *testing.T, cmd *exec.Cmd, replies []reply, killAfter time.Duration) (out []byte, isKilled bool, err error) {
	t.Helper()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ours.Close() }()
	if err := pty.Setsize(ours, &pty.Winsize{Rows: 40, Cols: 120}); err != nil {
		t.Fatal(err)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs, theirs, theirs
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = theirs.Close()
	killer := killLater(cmd, killAfter)
	chunks := make(chan []byte)
	go func() {
		defer close(chunks)
		for {
			chunk := make([]byte, 1<<16)
			n, err := ours.Read(chunk)
			if err != nil { // the program has ended
				return
			}
			chunks <- chunk[:n]
		}
	}()
	screen := vt.NewEmulator(120, 40)
	go func() { // the answers to the program's questions about the terminal are not needed
		for buffer := make([]byte, 1<<10); ; {
			if _, err := screen.Read(buffer); err != nil {
				return
			}
		}
	}()
	press := func(keys string) { _, _ = ours.WriteString(keys) }
	end := time.AfterFunc(tooLong, func() { _ = cmd.Process.Kill() })
	printed := ""
	for isOpen := true; isOpen; {
		var chunk []byte
		select {
		case chunk, isOpen = <-chunks:
			_, _ = screen.Write(chunk)
			printed = screen.String()
			if len(replies) > 0 && strings.Contains(printed, replies[0].text) {
				press(replies[0].keys)
				replies = replies[1:]
			}
		case <-time.After(giveUp):
			press("\x03")
		}
	}
	err = cmd.Wait()
	if !end.Stop() {
		t.Errorf("%q does not end:\n%s", cmd.Args, printed)
	}
	return []byte(printed), !killer.Stop() && killAfter > 0, err
}
