// Package cli is the command line, one file for each command with its flags, its run and its output. Streams,
// environment and arguments are passed in and an exit code is returned: nothing here exits or keeps state. Results go to
// standard output, messages to standard error.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/redact"
	"conductor-registry/model/values"
	"conductor-registry/presets"
	"conductor-registry/verify/program"
	"conductor-registry/verify/trace"
)

// Streams are the inputs and outputs of the process.
type Streams struct {
	In          io.Reader
	Out, Err    io.Writer
	Environment []string // KEY=value

	InIsTerminal, OutIsTerminal, ErrIsTerminal bool

	Size func() (width, height int) // of the terminal behind Err in cells; 0 when unknown

	known  *redact.Known // the secrets of all files and arguments that were read
	inputs *inputFiles   // those files
}

// MemoryLimit is the number of bytes from which the process collects garbage more often. It changes nothing below:
// one environment needs 20 MB. 10,000 stay below 250 MB with it (BenchmarkGenerateMany).
const MemoryLimit = 220 << 20

// Exit codes, as the README documents them.
const (
	exitOK         = 0
	exitFailure    = 1
	exitUsage      = 2   // wrong flags, or answers that are missing or invalid
	exitRefused    = 3   // lint, verify, probe or diagnose found problems, or the chart would refuse the values
	exitDiffers    = 4   // would overwrite, or --check found a difference
	exitSignal     = 128 // and the number of the signal: 129 SIGHUP, 130 SIGINT, 131 SIGQUIT, 143 SIGTERM
	exitCancelled  = 130
	exitTerminated = 143
)

// exit is an error with its exit code. Without an error in it, everything is printed already.
type exit struct {
	code int
	err  error
}

// Error returns the text of the wrapped error.
func (e exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

// Unwrap returns the wrapped error.
func (e exit) Unwrap() error { return e.err }

// usage returns an error for a mistake on the command line. Secrets in texts that it repeats are masked. A mistake in a
// preset or profile that a flag names is not one: it stays as it is, a failure.
func usage(format string, args ...any) error {
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			args[i] = redact.Text(text)
		}
	}
	err := fmt.Errorf(format, args...)
	if mistake, ok := errors.AsType[model.FileError](err); ok {
		return exit{exitFailure, mistake}
	}
	return exit{exitUsage, err}
}

// Main runs the command that args name and returns the process's exit code.
func Main(args []string, s Streams) int {
	s, out := guarded(s, args)
	folders := presetFolders(args, s)
	catalog, err := presets.Catalog(folders...)
	if err != nil {
		return printError(s.Err, err)
	}
	root, err := newRoot(catalog, folders, s, args)
	if err != nil {
		return printError(s.Err, err)
	}
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err = runInterruptible(trace.With(context.Background(), s.report), root)
	if out.err != nil && (err == nil || errors.Is(err, out.err)) {
		err = exit{exitFailure, fmt.Errorf("cannot write to standard output: %w", program.Reason(out.err))}
	}
	if o, ok := s.Err.(*output); ok {
		o.set(false, false) // errors are printed with --quiet too
	}
	return printError(s.Err, err)
}

// printError prints an error and returns its exit code. A hint in the error's text is indented below it.
func printError(w io.Writer, err error) int {
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
		printProblems(w, problems)
	case e.code > exitSignal: // the user or the system asked for it
		fmt.Fprintln(w, e.err)
	case e.err != nil:
		text := e.err.Error()
		if parse, ok := errors.AsType[*values.ParseError](e.err); ok && parse.Hint != "" {
			text += "\nhint: " + parse.Hint
		}
		fmt.Fprintf(w, "error: %s\n", strings.ReplaceAll(text, "\n", "\n  "))
	}
	return e.code
}
