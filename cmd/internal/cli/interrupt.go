package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/plan"
)

// interrupts ends a command when a signal arrives. A command that runs programs or draws on the terminal ends by itself,
// once it has stopped them. Any other one is left at once, but never while it writes a set of files.
type interrupts struct {
	context.Context //nolint:containedctx // it is the context of the command; ended by the first signal, a signalError
	selfEnding      atomic.Int32
	writing         sync.Mutex
	hasWritten      bool
}

// signalError is the cause of a context that a signal ended.
type signalError struct{ syscall.Signal }

// Error returns what happened, in a word.
func (e signalError) Error() string {
	if e.Signal == syscall.SIGINT {
		return "cancelled"
	}
	return "terminated"
}

// exit returns the error with the exit code of the signal.
func (e signalError) exit() exit { return exit{128 + int(e.Signal), e} }

// runInterruptible runs a command until it ends or a signal arrives.
func runInterruptible(parent context.Context, cmd *cobra.Command) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	signals := make(chan os.Signal, 1)
	for _, s := range []os.Signal{syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGTERM, os.Interrupt} {
		if !signal.Ignored(s) { // under nohup SIGHUP stays ignored
			signal.Notify(signals, s)
		}
	}
	defer signal.Stop(signals)
	running := &interrupts{Context: ctx}
	done := make(chan error, 1)
	go func() { //nolint:contextcheck // running is the context, with the parent in it
		defer func() {
			if failure := recover(); failure != nil {
				done <- fmt.Errorf("internal error: %v\n%s", failure, debug.Stack())
			}
		}()
		done <- cmd.ExecuteContext(running)
	}()
	select {
	case err := <-done:
		return err
	case s := <-signals:
		number, _ := s.(syscall.Signal)
		cancel(signalError{number})
		if running.selfEnding.Load() > 0 {
			return <-done
		}
		return running.leave(signalError{number}, done)
	}
}

// leave returns what happened to a command that a signal ends, after a set of files that it is writing. It lets no other
// set begin: the process ends.
func (i *interrupts) leave(by signalError, done <-chan error) error {
	i.writing.Lock()
	select {
	case err := <-done: // it ended at the same moment
		return err
	default:
	}
	ended := by.exit()
	if i.hasWritten {
		ended.err = fmt.Errorf("%w; the files were written", by)
	}
	return ended
}

// write writes a set of files with write, all or none also when a signal arrives meanwhile.
func (c *command) write(write func() error) error {
	running, ok := c.Context().(*interrupts)
	if !ok {
		return write()
	}
	running.writing.Lock()
	defer running.writing.Unlock()
	err := write()
	running.hasWritten = running.hasWritten || err == nil
	return err
}

// replace writes files, each named by its path, all or none. A file that has changed since it was read, or that is another
// file of the command under a second name, is an error.
func (c *command) replace(set ...plan.File) error {
	if len(set) == 0 {
		return nil
	}
	others := c.streams.inputs.beside(model.Map(set, func(f plan.File) string { return f.Name })...)
	err := c.write(func() error { return files.Replace(set, others...) })
	return withWriteHint(err, "name each file once, and under its own name")
}

// interruptible returns a context that ends with a signal. Until stop is called, the command ends by itself: it stops the
// programs that it runs and removes their temporary files.
func interruptible(cmd *cobra.Command) (ctx context.Context, stop func()) {
	running, ok := cmd.Context().(*interrupts)
	if !ok {
		return context.WithCancel(context.Background())
	}
	running.selfEnding.Add(1)
	ctx, cancel := context.WithCancel(running)
	return ctx, func() {
		cancel()
		running.selfEnding.Add(-1)
	}
}

// stopped returns err, or the reason when a signal ended the context.
func stopped(ctx context.Context, err error) error {
	if by, ok := errors.AsType[signalError](context.Cause(ctx)); ok {
		return by.exit()
	}
	return err
}
