package cli

import (
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"conductor-registry/model/redact"
)

// verbosity says which messages a command prints. The zero value prints the usual ones.
type verbosity struct {
	mutex   sync.Mutex
	quiet   bool     // errors only
	verbose bool     // also what is read, run and asked
	printed []string // what was reported, each once
}

// addVerbosity adds -q and -v to a command.
func addVerbosity(cmd *cobra.Command, s Streams) {
	var quiet, verbose bool
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "print results and errors, and no other messages")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "print which files are read, programs run and hosts asked")
	load := cmd.PersistentPreRunE
	cmd.PersistentPreRunE = func(cmd *cobra.Command, args []string) error {
		if quiet && verbose {
			return usage("--quiet and --verbose cannot be combined")
		}
		if o, ok := s.Err.(*output); ok {
			o.set(quiet, verbose)
		}
		if load == nil {
			return nil
		}
		return load(cmd, args)
	}
}

func (o *output) set(quiet, verbose bool) {
	o.verbosity.mutex.Lock()
	defer o.verbosity.mutex.Unlock()
	o.verbosity.quiet, o.verbosity.verbose = quiet, verbose
}

// isQuiet reports whether messages are dropped.
func (o *output) isQuiet() bool {
	o.verbosity.mutex.Lock()
	defer o.verbosity.mutex.Unlock()
	return o.verbosity.quiet
}

// report prints what a command reads, runs or asks, with --verbose, each once.
func (s Streams) report(text string) {
	o, ok := s.Err.(*output)
	if !ok {
		return
	}
	o.verbosity.mutex.Lock()
	defer o.verbosity.mutex.Unlock()
	if o.verbosity.verbose && !slices.Contains(o.verbosity.printed, text) {
		o.verbosity.printed = append(o.verbosity.printed, text)
		_ = o.write([]byte(s.shown(redact.Visible(redact.Text(text))) + "\n")) // a message that cannot be written has no reader
	}
}
