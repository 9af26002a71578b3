package cli

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"
	"time"
)

// hangup is the signal of a closed terminal. A read that fails reports it too, for when SIGHUP is ignored.
const hangup = syscall.SIGHUP

// endings are the signals that end the questions, the one that decides the exit code first.
func endings() []os.Signal {
	return []os.Signal{hangup, syscall.SIGQUIT, syscall.SIGTERM, os.Interrupt}
}

// signalWatch catches the signals that end the questions, until the process ends: a second signal must not end it before
// the terminal is restored. Use watchSignals.
type signalWatch struct {
	end    func() // called once, with the first signal
	caught chan os.Signal
	mutex  sync.Mutex
	seen   []os.Signal
	held   bool          // a program that was started has the terminal: keys such as ctrl+c are for it
	passed chan struct{} // gets an entry when held left a signal to the program
}

// watchSignals starts to catch signals. End is called beside the caller.
func watchSignals(end func()) *signalWatch {
	w := &signalWatch{end: sync.OnceFunc(end), caught: make(chan os.Signal, 8), passed: make(chan struct{}, 1)}
	for _, s := range endings() {
		if !signal.Ignored(s) { // under nohup SIGHUP stays ignored
			signal.Notify(w.caught, s)
		}
	}
	go func() {
		for s := range w.caught {
			w.add(s)
		}
	}()
	return w
}

// add ends the questions because of a signal.
func (w *signalWatch) add(s os.Signal) {
	w.mutex.Lock()
	if w.held && (s == os.Interrupt || s == syscall.SIGQUIT) {
		w.mutex.Unlock()
		select {
		case w.passed <- struct{}{}:
		default:
		}
		return
	}
	w.seen = append(w.seen, s)
	w.mutex.Unlock()
	w.end()
}

// hold leaves the signals of keys to a program that has the terminal, until the returned function is called. The key that
// ended the program reaches this process too, perhaps later: release waits for it, at most for a second.
func (w *signalWatch) hold() (release func(isInterrupted bool)) {
	set := func(held bool) {
		w.mutex.Lock()
		w.held = held
		w.mutex.Unlock()
	}
	set(true)
	return func(isInterrupted bool) {
		if isInterrupted {
			select {
			case <-w.passed:
			case <-time.After(time.Second):
			}
		}
		set(false)
	}
}

// err returns the error of the signals that came, with what happened to the files; nil without a signal.
func (w *signalWatch) err(happened string) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for len(w.caught) > 0 { // sent at the same time, and not seen yet
		w.seen = append(w.seen, <-w.caught)
	}
	words := []string{"the terminal was closed", "terminated by SIGQUIT", "terminated", "cancelled"}
	for i, s := range endings() {
		if number, ok := s.(syscall.Signal); ok && slices.Contains(w.seen, s) {
			return exit{128 + int(number), errors.New(words[i] + "; " + happened)}
		}
	}
	return nil
}

// terminalInput is a terminal that reports when it is gone. The library ignores the end of its input.
type terminalInput struct {
	*os.File
	gone func()
}

// Read reads from the terminal.
func (t terminalInput) Read(data []byte) (int, error) {
	n, err := t.File.Read(data)
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO) {
		t.gone()
	}
	return n, err
}
