package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// errTerminated is the cause of a context that SIGTERM ended.
var errTerminated = errors.New("terminated")

// interruptible returns a context that ends with ctrl+c or SIGTERM, so that a running program is stopped and its
// temporary files are removed.
func interruptible(cmd *cobra.Command) (context.Context, context.CancelFunc) {
	parent := cmd.Context()
	if parent == nil {
		parent = context.Background()
	}
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case by := <-signals:
			if by == syscall.SIGTERM {
				cancel(errTerminated)
			}
			cancel(nil) // the first cause counts
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// stopped returns err, or the reason when the user or the system ended the context.
func stopped(ctx context.Context, err error) error {
	switch {
	case errors.Is(context.Cause(ctx), errTerminated):
		return exit{exitTerminated, errTerminated}
	case errors.Is(ctx.Err(), context.Canceled):
		return exit{exitCancelled, errors.New("cancelled")}
	}
	return exit{exitFailure, err}
}
