package cli

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/convert"
	"conductor-registry/verify/images"
)

// pinCommand is the command pin.
type pinCommand struct {
	streams      Streams
	catalog      *answers.Catalog
	images       imageFlags
	registry     registryFlags
	write, check bool
	output       format
}

func newPin(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &pinCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "pin", Short: "Write the digests that the registry has behind the tags", Args: noArguments,
		Long: `Ask the registry what the tags of an answers file or a values file mean now, and
write that digest behind each: 5.2.42@sha256:... The nodes pull by the digest, so
nobody can change what runs by pushing the tag again. Of an image for several
platforms it is the digest of all of them together. A pinned tag is looked up
again.

Each component gets a digest of its own, in its own key where both share one,
and every other byte stays. Chart 3.0 has one tag for both images, which can't
hold two digests: then nothing is pinned, and that is told. Of several -f the
last is written.

The result is printed; --write puts it in the file's place and keeps the old one
as FILE.bak. --check writes nothing and says which tags have moved.

Exit codes: 0 pinned, or with --check all are what the registry has, 1 a file
can't be read or written, 2 wrong flags or answers, 3 an image can't be asked for
or pinned, 4 --check found a tag that has moved or is not pinned.`,
		Example: `  conductor-registry pin -f values.yaml > pinned.yaml
  conductor-registry pin --answers answers.yaml --environment prod --write
  conductor-registry pin -f values.yaml --check`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	c.images.add(cmd)
	c.registry.add(cmd)
	flags.BoolVar(&c.write, "write", false, "replace the file, and keep the old one as FILE.bak")
	flags.BoolVar(&c.check, "check", false, "write nothing; exit 4 if a tag has moved or is not pinned")
	c.output.add(cmd)
	return cmd
}

func (c *pinCommand) run(cmd *cobra.Command) error {
	if err := c.checkFlags(cmd); err != nil {
		return err
	}
	options, err := c.registry.options()
	if err != nil {
		return err
	}
	options.DigestOnly = true
	book, err := c.open(cmd)
	if err != nil {
		return refusedAs(c.output, c.streams, err, func(problems model.Problems) any {
			return c.report(&pinBook{}, convert.Pinned{Problems: problems}, fileState{Path: c.path(cmd), Action: unchanged})
		})
	}
	answer, err := c.registry.ask(cmd, c.streams, book.uses, options)
	if err != nil {
		return err
	}
	if problems := answer.all(); len(problems) > 0 {
		return c.output.instead(c.streams.Out, c.report(book, convert.Pinned{Problems: problems}, fileState{Path: book.path,
			Action: unchanged}), exit{exitRefused, problems})
	}
	result := book.pin(pinned(book, answer.results))
	state, err := c.put(book, result)
	if err != nil {
		return exit{exitFailure, err}
	}
	return c.tell(book, result, state)
}

func (c *pinCommand) checkFlags(cmd *cobra.Command) error {
	if err := c.images.check(cmd); err != nil {
		return err
	}
	if err := exclude(cmd, "write", "check"); err != nil {
		return err
	}
	switch path := c.path(cmd); {
	case path == "":
		return usage("which file? give --answers FILE or -f FILE: what --set gives is in none")
	case c.write && path == "-":
		return usage("--write needs a file: standard input can't be replaced")
	}
	return c.registry.check(cmd, c.images.readsInput())
}

// path is the file that is written; "" when only flags give values.
func (c *pinCommand) path(cmd *cobra.Command) string {
	if c.images.fromAnswers(cmd) {
		return c.images.answers
	}
	if given := c.images.values.files; len(given) > 0 {
		return given[len(given)-1]
	}
	return ""
}

// all are the problems of the credential and of all images, each once.
func (a *answer) all() model.Problems {
	out := slices.Clone(a.problems)
	for _, r := range a.results {
		for _, p := range r.Problems {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// pinned are the tags with the digests that the registry has.
func pinned(b *pinBook, results []images.Result) []convert.Pin {
	var pins []convert.Pin
	for i, u := range b.uses {
		pins = append(pins, convert.NewPin(convert.Slot{Environment: u.Environment, Component: u.Component}, b.tags[i],
			results[i].Digest))
	}
	return pins
}

// put replaces the file where that is wanted, and says what became of it.
func (c *pinCommand) put(b *pinBook, r convert.Pinned) (fileState, error) {
	state := fileState{Path: b.path, Action: wouldChange}
	switch {
	case len(r.Problems.Errors()) > 0 || bytes.Equal(b.data, r.Data):
		state.Action = unchanged
	case c.write:
		state.Action = overwritten
		return state, files.Replace(b.path, r.Data)
	}
	return state, nil
}

// tell prints the new file, what became of it or, with --check, what each tag means now; problems are talk.
func (c *pinCommand) tell(b *pinBook, r convert.Pinned, state fileState) error {
	code := exitOK
	switch {
	case len(r.Problems) > 0:
		code = exitRefused
	case c.check && state.Action != unchanged:
		code = exitDiffers
	}
	err := c.print(b, r, state)
	if err == nil && code != exitOK {
		err = exit{code: code}
	}
	return err
}

func (c *pinCommand) print(b *pinBook, r convert.Pinned, state fileState) error {
	if c.output.json() {
		return writeJSON(c.streams.Out, c.report(b, r, state))
	}
	warn(c.streams.Err, r.Problems)
	if len(r.Problems.Errors()) > 0 {
		fmt.Fprintf(c.streams.Err, "nothing was made: %s is as it was\n", shownName(b.path))
		return nil
	}
	if c.check {
		return tellPins(c.streams.Out, b, r, "not pinned")
	}
	err := tellPins(c.streams.Err, b, r, "pinned")
	if c.write {
		_, failed := fmt.Fprintf(c.streams.Out, "%-14s%s\n", state.words(), state.Path)
		return errors.Join(err, failed)
	}
	_, failed := c.streams.Out.Write(r.Data)
	return errors.Join(err, failed)
}
