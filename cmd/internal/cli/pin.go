package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/convert"
	"conductor-registry/ui/session"
)

type pinCommand struct {
	command
	images       imageFlags
	registry     registryFlags
	write, check bool
}

func newPin(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &pinCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "pin", Short: "Pin tags to the digests that the registry has", Args: noArguments,
		Long: `Ask the registry which digest each tag of an answers file or a values file has
now, and write it behind the tag: 5.2.42@sha256:... Nodes then pull by digest,
so a tag that is pushed again changes nothing. For an image of several platforms
it is the digest of the index. A tag that is already pinned is looked up again.

Each component gets its own digest, in its own key where both share one, and
every other byte stays. Chart 3.0 has one tag for both images, which cannot hold
two digests: then nothing is pinned, and the output says so. With several -f the
last file is written.

The result goes to standard output as it is, with all secrets of the file;
--write replaces the file and keeps the old one as FILE.bak. --check writes
nothing and prints the tags that have moved.

Exit codes: 0 pinned, or with --check all digests match the registry, 1 a file
cannot be read or written, 2 wrong flags or answers, 3 an image was not found or
cannot be pinned, 4 --check found a tag that moved or is not pinned.`,
		Example: `  conductor-registry pin -f values.yaml > pinned.yaml
  conductor-registry pin --answers answers.yaml --environment prod --write
  conductor-registry pin -f values.yaml --check`,
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	flags := c.Flags()
	flags.SortFlags = false
	c.images.add(&c.command, "only the environment `NAME` of the answers (default: all)")
	c.registry.add(&c.command)
	flags.BoolVar(&c.write, "write", false, "replace the file; keep the old one as FILE.bak")
	flags.BoolVar(&c.check, "check", false, "write nothing; exit 4 if a tag moved or is not pinned")
	c.addOutput()
	return c.Command
}

func (c *pinCommand) run() error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	options, err := c.registry.options()
	if err != nil {
		return err
	}
	options.DigestOnly = true
	target, err := c.target()
	if err != nil {
		return c.failAnswers(err, func(problems model.Problems) any {
			return c.document(&pinTarget{path: c.path()}, convert.Pinned{Problems: problems}, session.Unchanged)
		})
	}
	probed, err := c.registry.probe(&c.command, target.uses, options)
	if err != nil {
		return err
	}
	if problems := probed.allProblems(); len(problems) > 0 {
		return c.fail(exit{exitRefused, problems}, c.document(target, convert.Pinned{Problems: problems}, session.Unchanged))
	}
	var pins []convert.Pin
	for i, u := range target.uses {
		slot := convert.Slot{Environment: u.Environment, Component: u.Component}
		pins = append(pins, convert.NewPin(slot, u.tag, probed.results[i].Digest))
	}
	result := target.write(pins)
	action := fileAction{target.path, session.Unchanged}
	if len(result.Problems.Errors()) == 0 {
		if action, err = c.replaceFile(target.path, target.data, result.Data, c.write); err != nil {
			return err
		}
	}
	code := exitOK
	switch {
	case len(result.Problems) > 0:
		code = exitRefused
	case c.check && action.Action != session.Unchanged:
		code = exitDiffers
	}
	document := c.document(target, result, action.Action)
	return c.print(code, document, func() error { return c.printResult(target, result, action) })
}

func (c *pinCommand) checkFlags() error {
	if err := c.images.check(&c.command, "images"); err != nil {
		return err
	}
	if err := c.exclude("write", "check"); err != nil {
		return err
	}
	switch path := c.path(); {
	case path == "":
		return usage("no file to pin: the values of --set are not in a file\nhint: --answers FILE or -f FILE")
	case c.write && path == "-":
		return usage("--write needs a file: standard input cannot be replaced")
	}
	return c.registry.check(&c.command, c.images.readsInput())
}

// printResult prints the new file, or what happened to it, or with --check the state of each tag. Problems are messages.
func (c *pinCommand) printResult(t *pinTarget, r convert.Pinned, action fileAction) error {
	printProblems(c.streams.Err, r.Problems)
	if len(r.Problems.Errors()) > 0 {
		fmt.Fprintf(c.streams.Err, "%s was not changed\n", shownName(t.path))
		return nil
	}
	if c.check {
		return printPins(c.streams.Out, t, r, "not pinned")
	}
	err := printPins(c.streams.Err, t, r, "pinned")
	if c.write {
		action.write(c.streams.Out, false)
		return err
	}
	_, failed := raw(c.streams.Out).Write(r.Data)
	return errors.Join(err, failed)
}

// printPins prints a line for each image with its digests below it. Fresh is the word for a tag that had no digest.
func printPins(w io.Writer, t *pinTarget, r convert.Pinned, fresh string) error {
	var text strings.Builder
	words := map[string]string{
		convert.New:        fresh,
		convert.Same:       "same",
		convert.Moved:      "moved",
		convert.Impossible: "unchanged",
	}
	for _, p := range pinnedImages(t, r) {
		printf(&text, "%-11s%s  %s\n", words[p.State], p.String(), p.Image)
		if p.State == convert.Moved {
			printf(&text, "%-11swas %s\n", "", p.Was)
		}
		if p.State != convert.Impossible {
			printf(&text, "%-11sis  %s%s\n", "", p.Now, prefixed(", in ", p.Key))
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// pinned is the JSON output of pin.
type pinned struct {
	FormatVersion string         `json:"formatVersion"`
	File          fileAction     `json:"file"`
	Text          string         `json:"text,omitempty"` // the new file, unless it was written or only checked
	Images        []pinnedImage  `json:"images"`
	Problems      model.Problems `json:"problems"`
}

// pinnedImage is one component's image with its digests.
type pinnedImage struct {
	imageUse
	Image string `json:"image"`         // by its tag
	State string `json:"state"`         // new, same, moved or impossible
	Was   string `json:"was,omitempty"` // the digest in the file
	Now   string `json:"digest"`        // the digest in the registry
	Key   string `json:"key,omitempty"` // where it is written
}

func (c *pinCommand) document(t *pinTarget, r convert.Pinned, action session.Action) pinned {
	out := pinned{FormatVersion: formatVersion, File: fileAction{t.path, action}, Images: pinnedImages(t, r),
		Problems: append(model.Problems{}, r.Problems...)}
	if !c.write && !c.check && len(r.Problems.Errors()) == 0 {
		out.Text, c.ownFile = ownFileText, r.Data
	}
	return out
}

func pinnedImages(t *pinTarget, r convert.Pinned) []pinnedImage {
	out := []pinnedImage{}
	for i, p := range r.Pins {
		_, was, _ := strings.Cut(p.Was, "@")
		_, now, _ := strings.Cut(p.Want, "@")
		out = append(out, pinnedImage{t.uses[i], t.uses[i].image, p.State(), was, now, p.Key})
	}
	return out
}
