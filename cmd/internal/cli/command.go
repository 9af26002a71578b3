package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
)

// command holds what all commands share: flags, where it reads and prints, and the known registries and charts.
type command struct {
	*cobra.Command
	streams Streams
	catalog *answers.Catalog
	output  string // the value of -o
	ownFile []byte // the user's own file, for the text ownFileText of a JSON document
}

// formatVersion is the version of the JSON output of all commands. It changes when readers must change.
const formatVersion = "1"

// addOutput adds -o. More are the formats besides text and json.
func (c *command) addOutput(more ...string) {
	known := append([]string{"text", "json"}, more...)
	last := len(known) - 1
	c.Flags().StringVarP(&c.output, "output", "o", "text", "output `FORMAT`: "+
		strings.Join(known[:last], ", ")+" or "+known[last])
	completeWith(c.Command, "output", known)
	c.PreRunE = func(*cobra.Command, []string) error {
		if !slices.Contains(known, c.output) {
			return usage("--output %q is not one of %s", c.output, strings.Join(known, ", "))
		}
		return nil
	}
}

// completeWith makes a flag complete to the given values.
func completeWith(cmd *cobra.Command, flag string, known []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(known, cobra.ShellCompDirectiveNoFileComp))
}

func (c *command) json() bool { return c.output == "json" }

// changed reports whether the user gave a flag.
func (c *command) changed(flag string) bool { return c.Flags().Changed(flag) }

// exclude refuses flags that cannot be combined.
func (c *command) exclude(names ...string) error {
	var given []string
	for _, name := range names {
		if c.changed(name) {
			given = append(given, "--"+name)
		}
	}
	if len(given) > 1 {
		// names of flags: nothing to mask
		return exit{exitUsage, fmt.Errorf("%s cannot be combined", strings.Join(given, " and "))}
	}
	return nil
}

// excludeEach refuses one flag beside any of the others.
func (c *command) excludeEach(name string, others ...string) error {
	for _, other := range others {
		if err := c.exclude(name, other); err != nil {
			return err
		}
	}
	return nil
}

// refuseEmpty refuses flags with an empty value, which is most likely an unset variable.
func (c *command) refuseEmpty(names ...string) error {
	for _, name := range names {
		if flag := c.Flags().Lookup(name); flag.Changed && flag.Value.String() == "" {
			return usage("--%s is empty: is a variable unset?", name)
		}
	}
	return nil
}

// print prints a result, as JSON or by text, and returns its exit code as an error.
func (c *command) print(code int, document any, text func() error) error {
	var err error
	if c.json() {
		err = c.streams.writeJSON(c.ownFile, func(w io.Writer) error { return model.WriteJSON(w, document) })
	} else {
		err = text()
	}
	if err == nil && code != exitOK {
		err = exit{code: code}
	}
	return err
}

// fail returns an error; with -o json it prints document, which contains the error, instead.
func (c *command) fail(err exit, document any) error {
	return c.print(err.code, document, func() error { return err })
}

// failAnswers is fail for problems of answers. It returns any other error as it is.
func (c *command) failAnswers(err error, document func(model.Problems) any) error {
	problems, ok := errors.AsType[model.Problems](err)
	if e, known := errors.AsType[exit](err); ok && known {
		return c.fail(e, document(problems))
	}
	return err
}
