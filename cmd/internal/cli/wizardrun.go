package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/shell"
	"conductor-registry/verify/program"
)

// stepRunner runs the wizard's steps with bash. The programs get the terminal itself.
type stepRunner struct {
	ctx     context.Context //nolint:containedctx // of the process: its end stops the program that runs
	streams Streams
	hold    func() (release func(isInterrupted bool)) // leaves the signals of keys to the program
}

// Context returns kubectl's current context. It is an error when helm was called for another one: then the steps for
// kubectl and those for helm would reach two clusters.
func (r stepRunner) Context() (string, error) {
	kubectl, err := program.Find("", "kubectl", "install it to create the secret from here")
	if err != nil {
		return "", errors.New("kubectl is not found")
	}
	out, err := program.Run(r.ctx, kubectl, nil, "config", "current-context")
	if name := strings.TrimSpace(string(out)); err == nil && name != "" {
		if wanted := helmContext(r.streams); wanted != "" && wanted != name {
			return "", fmt.Errorf("helm's context is %q and kubectl's is %q: kubectl config use-context %s", wanted, name,
				shell.Quote(wanted))
		}
		return name, nil
	}
	return "", errors.New("kubectl has no current context: kubectl config use-context NAME sets it")
}

// Command returns a step's command, to be run when the terminal is free.
func (r stepRunner) Command(command, kubeContext string) tea.ExecCommand {
	return &stepCommand{runner: r, command: command, context: kubeContext}
}

// stepCommand is one run of a step.
type stepCommand struct {
	runner           stepRunner
	command, context string
}

// stepScript runs a step with all of bash's messages, and waits for enter, so that the output can be read. A pipeline
// fails when a part of it fails, "conductor-registry" is this program, and ctrl+c ends the step only, which is cancelled
// then whatever its programs return.
const stepScript = `conductor-registry() { %s "$@"; }
cancelled=
trap cancelled=1 INT
(
set -o pipefail
%s
)
code=$?
test -n "$cancelled" && code=130
end=done
case $code in 0) ;; 130) end=cancelled ;; *) end="failed with exit code $code" ;; esac
printf '\n%%s; enter returns to the wizard ' "$end"
read -r _
exit $code
`

// Run runs the command, with the terminal as its input and output.
func (c *stepCommand) Run() error {
	r := c.runner
	if c.context != "" {
		if now, err := r.Context(); err != nil || now != c.context {
			return fmt.Errorf("nothing was run: the context of kubectl is %q now", now)
		}
	}
	bash, err := program.Find("", "bash", "install it, or run the step in another terminal")
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	out := device(r.streams.Err)
	fmt.Fprintf(out, "$ %s\n", c.command)
	release := r.hold()
	code, err := program.RunAttached(r.ctx, bash, r.streams.Environment, r.streams.In, out, "-c",
		fmt.Sprintf(stepScript, shell.Quote(self), c.command))
	isInterrupted := err == nil && (code == 130 || code < 0)
	release(isInterrupted)
	switch {
	case err != nil:
		return err
	case isInterrupted:
		return errors.New("cancelled")
	case code > 0:
		return fmt.Errorf("failed with exit code %d", code)
	}
	return nil
}

// SetStdin does nothing: the command takes the terminal of the wizard.
func (c *stepCommand) SetStdin(io.Reader) {}

// SetStdout does nothing: the command takes the terminal of the wizard.
func (c *stepCommand) SetStdout(io.Writer) {}

// SetStderr does nothing: the command takes the terminal of the wizard.
func (c *stepCommand) SetStderr(io.Writer) {}
