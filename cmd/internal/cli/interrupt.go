package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// interruptible is a context that ends with ctrl+c or SIGTERM, so that a program that runs meanwhile is ended and what
// it was given is removed.
func interruptible(cmd *cobra.Command) (context.Context, context.CancelFunc) {
	ctx := cmd.Context()
	if ctx == nil {
		ctx = context.Background()
	}
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
}

// stopped is err, or that the user wanted no more.
func stopped(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return exit{exitCancelled, errors.New("cancelled")}
	}
	return exit{exitFailure, err}
}
