//go:build unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// asProgram tells this test binary to be the program.
const asProgram = "CONDUCTOR_REGISTRY_TEST_PROGRAM"

// TestMain lets the tests run main itself, in a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// patience is how long a screen may take to come. A good one comes in milliseconds: only a failing test waits so long.
const patience = 20 * time.Second

// terminal is the program on a terminal, as a person sees it: a pty and what an emulator draws from its output.
type terminal struct {
	t       *testing.T
	program *exec.Cmd
	ours    *os.File // the emulator's end
	theirs  *os.File // the program's end, kept open to look at its modes
	before  *term.State

	mutex   sync.Mutex
	screen  *vt.Emulator
	raw     strings.Builder
	rest    []byte        // the start of a character whose end has not come yet
	changed chan struct{} // closed and replaced at each output
	over    chan struct{} // closed when the program has ended
}

// program is a command line of the program, in a folder and an environment of its own.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, args...)
	c.Dir = t.TempDir()
	c.Env = []string{asProgram + "=1", "TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	// With -race the program is built so too. Closing the terminal races in github.com/muesli/cancelreader, on the way
	// out: its report must not take the screen from what is looked for there.
	c.Env = append(c.Env, "GORACE=exitcode=0 atexit_sleep_ms=0 log_path="+filepath.Join(t.TempDir(), "race"))
	return c
}

// open starts the program on a terminal of that size. Streams that it has already stay as they are.
func open(t *testing.T, c *exec.Cmd, width, height int) *terminal {
	t.Helper()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	s := &terminal{
		t: t, program: c, ours: ours, theirs: theirs, screen: vt.NewEmulator(width, height),
		changed: make(chan struct{}), over: make(chan struct{}),
	}
	_, _ = s.screen.WriteString(frameEnds) // a terminal that knows where frames begin and end, as most do
	if err := pty.Setsize(ours, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		t.Fatal(err)
	}
	if s.before, err = term.GetState(theirs.Fd()); err != nil {
		t.Fatal(err)
	}
	control := 0 // the stream that makes it the program's controlling terminal
	if c.Stdin == nil {
		c.Stdin = theirs
	} else {
		control = 1
	}
	if c.Stdout == nil {
		c.Stdout = theirs
	}
	if c.Stderr == nil {
		c.Stderr = theirs
	}
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: control}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	go s.draw()
	go s.reply()
	go func() {
		_ = c.Wait() // the code is in its ProcessState
		close(s.over)
	}()
	t.Cleanup(s.close)
	return s
}

// draw feeds the emulator.
func (s *terminal) draw() {
	buffer := make([]byte, 1<<16)
	for {
		n, err := s.ours.Read(buffer)
		s.mutex.Lock()
		_, _ = s.screen.Write(s.unmarked(buffer[:n]))
		s.raw.Write(buffer[:n])
		close(s.changed)
		s.changed = make(chan struct{})
		s.mutex.Unlock()
		if err != nil {
			return
		}
	}
}

// reply sends the emulator's answers to the program's queries, as a terminal does.
func (s *terminal) reply() {
	buffer := make([]byte, 1<<10)
	for {
		n, err := s.screen.Read(buffer)
		if err != nil {
			return
		}
		_, _ = s.ours.Write(buffer[:n])
	}
}

func (s *terminal) close() {
	_ = s.program.Process.Kill()
	<-s.over
	_ = s.theirs.Close()
	_ = s.ours.Close()
	if input, ok := s.screen.InputPipe().(interface{ Close() error }); ok {
		_ = input.Close() // Emulator.Close races with Read
	}
}

// text is what the screen shows, without blanks at the end of its lines.
func (s *terminal) text() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var b strings.Builder
	for line := range strings.Lines(s.screen.String()) {
		b.WriteString(strings.TrimRight(line, " \r\n") + "\n")
	}
	return b.String()
}

// output is all that came from the program, with its escapes.
func (s *terminal) output() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.raw.String()
}

// until waits for the screen to be as it should.
func (s *terminal) until(what string, holds func() bool) {
	s.t.Helper()
	deadline := time.After(patience)
	over := s.over
	for {
		s.mutex.Lock()
		changed := s.changed
		s.mutex.Unlock()
		if holds() {
			return
		}
		select {
		case <-changed:
		case <-over:
			over = nil // one last look, at what it left
			select {
			case <-changed:
			case <-time.After(time.Second):
			}
			if !holds() {
				s.t.Fatalf("the program ended (%v) before %s\n%s", s.program.ProcessState, what, s.text())
			}
		case <-deadline:
			s.t.Fatalf("waited in vain for %s\n%s", what, s.text())
		}
	}
}

// see waits for a text on the screen.
func (s *terminal) see(text string) {
	s.t.Helper()
	s.until("the text "+text, func() bool { return strings.Contains(s.text(), text) })
}

// gone waits for a text to leave the screen.
func (s *terminal) gone(text string) {
	s.t.Helper()
	s.until("the text to go: "+text, func() bool { return !strings.Contains(s.text(), text) })
}

// The keys as a terminal sends them.
const (
	enter    = "\r"
	tab      = "\t"
	shiftTab = "\x1b[Z"
	esc      = "\x1b"
	up       = "\x1b[A"
	ctrlC    = "\x03"
	ctrlP    = "\x10"
	ctrlU    = "\x15"
	ctrlZ    = "\x1a"
	f1       = "\x1bOP"
)

// press types keys or text.
func (s *terminal) press(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		if _, err := s.ours.WriteString(k); err != nil {
			s.t.Fatal(err)
		}
	}
}

// paste is a bracketed paste.
func (s *terminal) paste(text string) { s.press("\x1b[200~" + text + "\x1b[201~") }

// resize gives the terminal another size, which the kernel tells the program.
func (s *terminal) resize(width, height int) {
	s.t.Helper()
	s.mutex.Lock()
	s.screen.Resize(width, height)
	s.mutex.Unlock()
	if err := pty.Setsize(s.ours, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *terminal) alternate() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.screen.IsAltScreen()
}

// ends waits for the program to end with this code, and wants the terminal as it was: its modes, and the normal screen.
func (s *terminal) ends(code int) {
	s.t.Helper()
	if code == 0 {
		s.leave()
	}
	s.exits(code)
	s.until("the normal screen", func() bool { return !s.alternate() })
	s.restored()
}

// leave leaves the end page, unless the program ends without one.
func (s *terminal) leave() {
	s.t.Helper()
	isOver := func() bool {
		select {
		case <-s.over:
			return true
		default:
			return false
		}
	}
	s.until("the end page", func() bool { return isOver() || strings.Contains(s.text(), "enter leave") || !s.alternate() })
	if strings.Contains(s.text(), "enter leave") {
		s.press(enter)
	}
}

// exits waits for the program to end with this code, -1 for one that a signal ended.
func (s *terminal) exits(code int) {
	s.t.Helper()
	select {
	case <-s.over:
	case <-time.After(patience):
		s.t.Fatalf("the program does not end\n%s", s.text())
	}
	if got := s.program.ProcessState.ExitCode(); got != code {
		s.t.Errorf("exit code %d, want %d\n%s", got, code, s.text())
	}
}

// restored wants the modes of the terminal as they were.
func (s *terminal) restored() {
	s.t.Helper()
	after, err := term.GetState(s.theirs.Fd())
	if err != nil {
		s.t.Fatal(err)
	}
	if *after != *s.before {
		s.t.Errorf("the terminal's modes are %+v, and were %+v", *after, *s.before)
	}
}

// wrote wants exactly these files in the program's folder.
func (s *terminal) wrote(names ...string) {
	s.t.Helper()
	entries, err := os.ReadDir(s.program.Dir)
	if err != nil {
		s.t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		s.t.Errorf("the folder has %q, want %q", got, names)
	}
}

// file is a file in the program's folder.
func (s *terminal) file(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.program.Dir, name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		s.t.Fatal(err)
	}
	return string(data)
}
