package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/session"
	"conductor-registry/ui"
	"conductor-registry/ui/delivery"
	"conductor-registry/ui/plain"
	"conductor-registry/verify/helm"
)

func newWizard(catalog lazyCatalog, s Streams, name string) *cobra.Command {
	var w wizardFlags
	cmd := &cobra.Command{
		Use: name, Short: "Ask in the terminal, and write the files at the end", Args: noArguments,
		Long: `Ask a few questions in the terminal and write values.yaml, pull-secret.sh and
answers.yaml at the end. Nothing is written before that, and what is there
already is kept unless you say so.

With --chart the real helm renders that chart in the background, and the preview
says whether it agrees.

With its output redirected the values go there: conductor-registry > values.yaml

When it is left before the end, the answers are kept for --resume, without any
password.

With --accessible it asks line by line, for screen readers, pipes and terminals
that can do no more; so do ACCESSIBLE=1 and TERM=dumb.`,
		Example: `  conductor-registry wizard
  conductor-registry wizard --answers answers.yaml --out deploy
  conductor-registry wizard --chart ./orkes-conductor
  conductor-registry wizard --resume
  conductor-registry wizard --accessible`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w.fromFile, w.chartGiven = cmd.Flags().Changed("answers"), cmd.Flags().Changed("chart")
			if !cmd.Flags().Changed("accessible") {
				w.accessible = wantsLines(s)
			}
			if err := exclude(cmd, "answers", "resume"); err != nil {
				return err
			}
			return runWizard(catalog, s, w)
		},
	}
	addAnswersFile(cmd, &w.from, "start from the answers in this `FILE`")
	addChart(cmd, &w.chart)
	addHelm(cmd, &w.helm)
	cmd.Flags().BoolVar(&w.resume, "resume", false, "go on with the answers that were left here")
	cmd.Flags().BoolVar(&w.mouse, "mouse", false, "take clicks and the wheel; select text with shift then")
	cmd.Flags().BoolVar(&w.accessible, "accessible", false, "ask line by line, for screen readers and pipes")
	cmd.Flags().StringVar(&w.out, "out", ".", "`FOLDER` for the files")
	_ = cmd.MarkFlagDirname("out")
	return cmd
}

type wizardFlags struct {
	from, out, chart, helm string
	fromFile, chartGiven   bool
	accessible             bool
	resume, mouse          bool
}

// runWizard checks all that can fail before the screen is taken over.
func runWizard(catalog lazyCatalog, s Streams, w wizardFlags) error {
	if err := checkTerminal(s); err != nil && !w.accessible {
		return exit{exitUsage, err}
	}
	if err := checkFolder(w.out); err != nil {
		return err
	}
	if w.from == "-" {
		return usage("--answers -: standard input is for the questions; name a file")
	}
	given, err := newGiven(w.from, w.fromFile, s.In)
	if err != nil {
		return err
	}
	if err := startsWell(catalog, given, w.from); err != nil {
		return err
	}
	keep := newKeeper(s, w.out)
	start, earlier, err := w.begin(keep, given)
	if err != nil {
		return err
	}
	given.answers = start.Answers
	folder := &store{folder: files.Folder(w.out)}
	ctx, stop := context.WithCancel(context.Background()) // ends a helm that still runs
	defer stop()
	var ask func([]byte) delivery.Verdict
	if w.chartGiven {
		if ask, err = w.withChart(ctx, catalog, s, given); err != nil {
			return err
		}
	}
	if w.accessible {
		return runPlain(catalog, s, plain.Options{Answers: start.Answers, Helm: ask, Keep: keep.Keep}, folder, keep)
	}
	return runProgram(s, ui.New(ui.Options{Catalog: catalog.Catalog, Prepare: catalog.load, Start: start, Earlier: earlier,
		Keep: keep.Keep, Store: folder, Glyphs: glyphs(s), Mouse: w.mouse, Helm: ask, ValuesToStdout: !s.OutIsTerminal}),
		folder, keep)
}

// begin is where to start, and the answers of an earlier time that were not asked for.
func (w wizardFlags) begin(keep *keeper, given *given) (start session.Session, earlier *session.Session, err error) {
	start = session.Session{Answers: given.answers}
	if w.fromFile {
		return start, nil, nil
	}
	earlier, err = keep.kept()
	switch {
	case !w.resume:
		return start, earlier, nil // unreadable ones are told to who asks for them
	case err != nil:
		return start, nil, err
	case earlier == nil:
		return start, nil, usage("no answers were left for files in %s: start without --resume", w.out)
	}
	return *earlier, nil, nil
}

// withChart has the wizard write for the chart at hand, and gives the helm that renders it. A helm that is missing is
// no reason not to ask: it is said, and the wizard goes on without.
func (w wizardFlags) withChart(
	ctx context.Context, catalog lazyCatalog, s Streams, given *given,
) (func([]byte) delivery.Verdict, error) {
	if err := catalog.load(); err != nil {
		return nil, err
	}
	if err := useChart(catalog.Catalog, s, w.chart, given.answers); err != nil {
		return nil, err
	}
	program, err := helm.Find(w.helm)
	switch {
	case err == nil:
		return oracle(ctx, program, catalog.Charts[0], w.chart), nil
	case w.helm != "":
		return nil, usage("%w", err)
	}
	return func([]byte) delivery.Verdict { return delivery.Verdict{Program: "helm", Failed: err.Error()} }, nil
}

func runProgram(s Streams, wizard *ui.Model, folder *store, keep *keeper) error {
	program := tea.NewProgram(wizard, tea.WithInput(s.In), tea.WithOutput(s.Err), tea.WithEnvironment(s.Environment),
		tea.WithFPS(120)) // a frame waits for a tick: twice as many halve that
	_, err := program.Run()
	happened := folder.close() + keep.leave(wizard.Left())
	switch {
	case errors.Is(err, tea.ErrInterrupted):
		return exit{exitCancelled, errors.New("cancelled; " + happened)}
	case err != nil:
		return exit{exitFailure, err}
	case wizard.Err() != nil:
		return wizard.Err()
	case wizard.Written() == nil: // a SIGTERM ends the program as if it had quit
		return exit{exitTerminated, errors.New("ended from outside; " + happened)}
	}
	keep.done()
	return finish(s, wizard)
}

// startsWell wants answers that the wizard can show: every other mistake can be mended in it.
func startsWell(catalog lazyCatalog, given *given, from string) error {
	if from == "" {
		return nil
	}
	if err := catalog.load(); err != nil {
		return err
	}
	if problems := slices.Concat(given.problems, catalog.Unknown(given.answers, from)); len(problems) > 0 {
		return exit{exitUsage, problems}
	}
	return nil
}

// delivered is what was written, by the wizard or line by line.
type delivered interface {
	Done() string
	StdoutValues() []byte
}

// finish says what was done on the normal screen. A redirected standard output gets the values alone.
func finish(s Streams, written delivered) error {
	if s.OutIsTerminal {
		fmt.Fprint(s.Out, written.Done())
		return nil
	}
	fmt.Fprint(s.Err, written.Done())
	if _, err := s.Out.Write(written.StdoutValues()); err != nil {
		return exit{exitFailure, err}
	}
	return nil
}

// checkTerminal refuses what would hang or draw into a file, and names the way that needs no terminal.
func checkTerminal(s Streams) error {
	const instead = `
line by line:      conductor-registry --accessible
without questions: conductor-registry generate --answers answers.yaml
or with flags:     conductor-registry generate --registry-provider acr --registry-name myacr --dry-run`
	switch {
	case !s.InIsTerminal:
		return errors.New("the wizard asks on a terminal, and standard input is none" + instead)
	case !s.ErrIsTerminal:
		return errors.New("the wizard draws on standard error, and that is no terminal" + instead)
	case variable(s, "TERM") == "dumb":
		return errors.New("the wizard draws on the whole screen, and this terminal is TERM=dumb" + instead)
	}
	return nil
}
