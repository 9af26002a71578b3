// Package program runs helm, kubectl and credential helpers: found by name or path, without a shell, with a bound on
// what they print. They end with the context and with this process, and so do the programs that they start.
package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"time"

	"conductor-registry/model/redact"
	"conductor-registry/verify/trace"
)

const (
	maxOutput = 64 << 20        // bytes of each stream; a namespace of 1000 pods takes about 20 MiB
	waitDelay = 2 * time.Second // for a program to end once it is cancelled
)

// Find returns the path of a program, given by name or path; without one it is looked up in PATH under its usual name.
// Install is what to do when it is not there; a flag of the usual name takes a path.
func Find(given, usual, install string) (string, error) {
	if given == "" {
		found, err := exec.LookPath(usual)
		if err != nil {
			return "", fmt.Errorf("%s not found in PATH\nhint: %s", usual, install)
		}
		return found, nil
	}
	found, err := exec.LookPath(given)
	if err != nil {
		return "", fmt.Errorf("--%s %s: not a program that can be run", usual, given)
	}
	return found, nil
}

// FailedError says that the program ran and failed.
type FailedError struct {
	Said string // what it printed to standard error
	Code int    // its exit status, or -1
}

// Error returns what the program printed.
func (e *FailedError) Error() string { return Indented(e.Said) }

// maxShown limits how many bytes of a program's output a message repeats.
const maxShown = 16 << 10

// Indented returns what a program printed, for a message: without secrets, and with lines after the first indented, so
// that none can pass for a line of ours.
func Indented(said string) string {
	said = strings.TrimSpace(said)
	if len(said) > maxShown {
		said = strings.ToValidUTF8(said[:maxShown], "") + " ..."
	}
	lines, shown := strings.Split(said, "\n"), strings.Split(redact.Text(said), "\n")
	for i, line := range lines {
		if len(lines) == len(shown) && schemaReason.MatchString(line) {
			shown[i] = line
		}
	}
	return strings.Join(shown, "\n  ")
}

// schemaReason matches helm's reason for a value that the chart's schema refuses: what follows the path is not the value.
var schemaReason = regexp.MustCompile(`^\s*(?:- )?at '/[^']*': `)

// Run runs a program and returns what it prints to standard output; also with a *FailedError.
func Run(ctx context.Context, path string, in []byte, args ...string) ([]byte, error) {
	trace.Report(ctx, "running %s", strings.Join(append([]string{path}, args...), " "))
	limited, stop := context.WithCancel(ctx)
	defer stop()
	cmd := exec.CommandContext(limited, path, args...) //nolint:gosec // the user names the program; no shell is run
	cmd.WaitDelay = waitDelay
	endTogether(cmd)
	runtime.LockOSThread() // on Linux the program ends with the thread that started it
	defer runtime.UnlockOSThread()
	cmd.Stdin = bytes.NewReader(in)
	out, said := &bounded{limit: maxOutput, onFull: stop}, &bounded{limit: maxOutput, onFull: stop}
	cmd.Stdout, cmd.Stderr = out, said
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.isFull || said.isFull:
		return nil, fmt.Errorf("%s prints more than %d MiB", path, maxOutput>>20)
	case err == nil:
		return out.data.Bytes(), nil
	}
	if exited, ran := errors.AsType[*exec.ExitError](err); ran {
		return out.data.Bytes(), &FailedError{said.data.String(), exited.ExitCode()}
	}
	return nil, fmt.Errorf("cannot run %s: %w", path, err)
}

// bounded keeps what is written up to a limit, and calls onFull when more comes. It is an io.Writer only: io.Copy
// would use the ReadFrom of an embedded buffer and pass the limit.
type bounded struct {
	data   bytes.Buffer
	limit  int
	isFull bool
	onFull func()
}

var errFull = errors.New("too much output")

// Write keeps data, or returns an error when it goes beyond the limit.
func (b *bounded) Write(data []byte) (int, error) {
	if b.data.Len()+len(data) > b.limit {
		b.isFull = true
		b.onFull()
		return 0, errFull
	}
	return b.data.Write(data)
}
