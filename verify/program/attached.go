package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"syscall"
	"time"
)

// RunAttached runs a program that has the terminal: what the user types and what the program prints does not pass
// through this one. It returns the exit code, -1 for a program that a signal ended. When the context ends, the program
// gets SIGTERM, and a second to end.
func RunAttached(
	ctx context.Context, path string, environment []string, in io.Reader, out io.Writer, args ...string,
) (code int, err error) {
	cmd := exec.CommandContext(ctx, path, args...) //nolint:gosec // the caller names the program
	cmd.Cancel, cmd.WaitDelay = func() error { return cmd.Process.Signal(syscall.SIGTERM) }, time.Second
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = in, out, out, environment
	err = cmd.Run()
	if exited, ran := errors.AsType[*exec.ExitError](err); ran {
		return exited.ExitCode(), nil
	}
	if err != nil {
		return -1, fmt.Errorf("cannot run %s: %w", path, err)
	}
	return 0, nil
}
