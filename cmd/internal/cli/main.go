// Package cli is the command line: one file a command. Streams, environment and arguments are handed in, and what comes
// out is an exit code; nothing here exits or holds state. Standard output carries the product, standard error the talk.
package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/presets"
)

// Streams is what a process is given.
type Streams struct {
	In          io.Reader
	Out, Err    io.Writer
	Environment []string // KEY=value

	InIsTerminal, OutIsTerminal, ErrIsTerminal bool

	Size func() (width, height int) // of the terminal behind Err in cells; 0 where it is not known
}

// Exit codes, as the README documents them.
const (
	exitOK         = 0
	exitFailure    = 1
	exitUsage      = 2 // wrong flags, or answers that are missing or invalid
	exitRefused    = 3 // the chart would refuse the values
	exitDiffers    = 4 // would overwrite, or --check found a difference
	exitCancelled  = 130
	exitTerminated = 143
)

// exit is an error that knows its exit code. Without an error in it everything has been said.
type exit struct {
	code int
	err  error
}

// Error is that of the error within.
func (e exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

// Unwrap is the error within.
func (e exit) Unwrap() error { return e.err }

// usage is a mistake in what was typed.
func usage(format string, args ...any) error { return exit{exitUsage, fmt.Errorf(format, args...)} }

// Main runs the command that args name and returns the process's exit code.
func Main(args []string, s Streams) int {
	out := &checked{to: s.Out}
	s.Out = out
	root, err := newRoot(newLazyCatalog(), s, args)
	if err != nil {
		return conclude(s.Err, err)
	}
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err = root.Execute()
	if out.err != nil && (err == nil || errors.Is(err, out.err)) {
		err = exit{exitFailure, fmt.Errorf("can't write to standard output: %w", cause(out.err))}
	}
	return conclude(s.Err, err)
}

// lazyCatalog is read when it is first needed: the wizard has its first frame drawn meanwhile.
type lazyCatalog struct {
	*answers.Catalog              // empty before load
	load             func() error // reads it once
}

func newLazyCatalog() lazyCatalog {
	catalog := &answers.Catalog{}
	return lazyCatalog{catalog, sync.OnceValue(func() error {
		loaded, err := presets.Catalog()
		if err != nil {
			return exit{exitFailure, err}
		}
		*catalog = *loaded
		return nil
	})}
}

// conclude says what went wrong and which exit code that is: each problem on a line of its own, what follows from one
// indented below it.
func conclude(w io.Writer, err error) int {
	if err == nil {
		return exitOK
	}
	e, ok := errors.AsType[exit](err)
	if !ok {
		e = exit{exitFailure, err}
	}
	problems, ok := errors.AsType[model.Problems](e.err)
	switch {
	case ok:
		warn(w, problems)
	case e.code == exitCancelled: // asked for, so no error to the user
		fmt.Fprintln(w, e.err)
	case e.err != nil:
		fmt.Fprintf(w, "error: %s\n", strings.ReplaceAll(e.err.Error(), "\n", "\n  "))
	}
	return e.code
}

// warn prints problems, one a line: severity, where, what, how to mend it.
func warn(w io.Writer, problems model.Problems) {
	for _, p := range problems {
		if p.File == "-" {
			p.File = "standard input"
		}
		fmt.Fprintf(w, "%s: %s\n", p.Severity, p)
	}
}

// checked remembers that writing failed, so that a full disk behind standard output is told once, at the end.
type checked struct {
	to  io.Writer
	err error
}

// Write passes data on until that fails.
func (c *checked) Write(data []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.to.Write(data)
	c.err = err
	return n, err
}
