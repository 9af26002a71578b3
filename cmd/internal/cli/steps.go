package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

type stepsCommand struct {
	command
	from, out string
}

func newSteps(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &stepsCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "steps", Short: "Print what to do next with the files", Args: noArguments,
		Long: `Print the steps from the files of an answers file to running pods: fetch the
chart, create the pull secret, copy the images, check that they can be pulled,
install. Each step is a command with its reason.`,
		Example: `  conductor-registry steps
  conductor-registry steps --answers deploy/answers.yaml --out deploy
  conductor-registry steps -o markdown > NEXT.md`,
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	addAnswersFile(&c.command, &c.from, "answers in `FILE`, - for standard input (default \"answers.yaml\")")
	c.Flags().StringVar(&c.out, "out", ".", "`FOLDER` that the files were written to")
	_ = c.MarkFlagDirname("out")
	c.addOutput("markdown")
	return c.Command
}

func (c *stepsCommand) run() error {
	if c.from == "" {
		c.from = "answers.yaml"
	}
	in, err := readAnswers(c.from, true, c.streams)
	if errors.Is(err, fs.ErrNotExist) {
		return usage("%w\nhint: --answers FILE, or run \"conductor-registry wizard\" first, which writes answers.yaml", err)
	}
	if err != nil {
		return err
	}
	p, problems := in.plan(c.catalog)
	if len(problems) > 0 {
		return c.fail(exit{exitUsage, problems}, printedSteps{formatVersion, map[string][]printedStep{}, problems})
	}
	document := printedSteps{formatVersion, map[string][]printedStep{}, model.Problems{}}
	for _, env := range p.Environments {
		document.Environments[env.Name] = []printedStep{}
		for _, step := range env.Steps(c.out) {
			document.Environments[env.Name] = append(document.Environments[env.Name],
				printedStep{step.Kind, step.Command, step.What, step.Note})
		}
	}
	return c.print(exitOK, document, func() error {
		for i, env := range p.Environments {
			if i > 0 {
				fmt.Fprintln(c.streams.Out)
			}
			c.printSteps(env)
		}
		return nil
	})
}

// printSteps prints the steps of one environment.
func (c *stepsCommand) printSteps(env *plan.Environment) {
	out, steps := c.streams.Out, env.Steps(c.out)
	if c.output != "markdown" {
		fmt.Fprintln(out, session.StepsTitle(env))
		session.WriteSteps(out, steps, helpWidth)
		return
	}
	fmt.Fprintf(out, "## %s\n", strings.TrimSuffix(session.StepsTitle(env), ":"))
	for i, step := range steps {
		fmt.Fprintf(out, "\n%d. %s\n\n", i+1, sentences(step.What, step.Note))
		writeIndented(out, "```sh\n"+step.Command+"\n```")
	}
}

// sentences returns the texts that are not empty, as sentences.
func sentences(texts ...string) string {
	var out []string
	for _, text := range texts {
		if text != "" {
			out = append(out, strings.ToUpper(text[:1])+text[1:]+".")
		}
	}
	return strings.Join(out, " ")
}

func writeIndented(w io.Writer, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(w, "   %s\n", line)
	}
}

// printedSteps is the JSON output of steps.
type printedSteps struct {
	FormatVersion string                   `json:"formatVersion"`
	Environments  map[string][]printedStep `json:"environments"`
	Problems      model.Problems           `json:"problems"`
}

type printedStep struct {
	Kind    plan.StepKind `json:"kind"`
	Command string        `json:"command"`
	What    string        `json:"what"`
	Note    string        `json:"note,omitempty"`
}
