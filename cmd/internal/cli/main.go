// Package cli is the command line: one file a command. Streams, environment and arguments are handed in, and what comes
// out is an exit code; nothing here exits or holds state.
package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/form"
	"conductor-registry/presets"
)

// Streams is what a process is given.
type Streams struct {
	In          io.Reader
	Out, Err    io.Writer
	Environment []string // KEY=value

	InIsTerminal, OutIsTerminal, ErrIsTerminal bool
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

func (e exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e exit) Unwrap() error { return e.err }

// Main runs the command that args name and returns the process's exit code.
func Main(args []string, s Streams) int {
	catalog, err := loadCatalog()
	if err != nil {
		return conclude(s.Err, err)
	}
	root := newRoot(catalog, s)
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	return conclude(s.Err, root.Execute())
}

func loadCatalog() (*form.Catalog, error) {
	registries, err := presets.Load()
	if err != nil {
		return nil, err
	}
	charts, err := presets.Charts()
	if err != nil {
		return nil, err
	}
	return &form.Catalog{Registries: registries, Charts: charts}, nil
}

// conclude says what went wrong on its own lines, and which exit code that is. Errors without a code come from cobra:
// unknown commands and flags.
func conclude(w io.Writer, err error) int {
	if err == nil {
		return exitOK
	}
	var e exit
	if !errors.As(err, &e) {
		fmt.Fprintf(w, "error: %v\n", err)
		fmt.Fprintln(w, "hint: conductor-registry --help lists commands and flags")
		return exitUsage
	}
	if e.err != nil {
		for line := range strings.SplitSeq(e.err.Error(), "\n") {
			fmt.Fprintf(w, "error: %s\n", line)
		}
	}
	return e.code
}

func newRoot(catalog *form.Catalog, s Streams) *cobra.Command {
	root := newWizard(catalog, s, "conductor-registry")
	root.Long = `conductor-registry gets Orkes Conductor's two images pulled from your own registry.

Without a command it asks: a few questions in the terminal, with the image names
that the pods will get at every key. It writes values.yaml and the commands for
the pull secret. The same answers run without questions: see generate.`
	root.Example = `  conductor-registry
  conductor-registry generate --answers answers.yaml --check
  conductor-registry resolve -f values.yaml`
	root.SilenceErrors, root.SilenceUsage = true, true
	root.AddCommand(newWizard(catalog, s, "wizard"), newGenerate(catalog, s), newResolve(catalog, s),
		newSecretCommand(catalog, s), newPresets(catalog, s), newVersion(s))
	return root
}

// warn prints problems that stop nothing.
func warn(w io.Writer, problems model.Problems) {
	for _, p := range problems {
		fmt.Fprintf(w, "%s: %s\n", p.Severity, p)
	}
}
