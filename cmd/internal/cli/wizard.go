package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/answers"
	"conductor-registry/ui"
	"conductor-registry/ui/plain"
	"conductor-registry/ui/session"
	"conductor-registry/verify/helm"
)

func newWizard(catalog lazyCatalog, s Streams, name string) *cobra.Command {
	var w wizardFlags
	cmd := &cobra.Command{
		Use: name, Short: "Ask in the terminal, and write the files at the end", Args: noArguments,
		Long: `Ask a few questions in the terminal and write values.yaml, pull-secret.sh and
answers.yaml at the end. Nothing is written before that, and what is there
already is kept unless you say so.

With --values it starts from what a values file gives already, shows what would
change, and changes only that.

With --chart the real helm renders that chart in the background, and the preview
says whether it agrees.

With its output redirected the values go there: conductor-registry > values.yaml
(line by line only without --out).

When it is left before the end, the answers are kept for --resume, without any
password.

With --accessible it asks line by line, for screen readers, pipes and terminals
that can do no more; so do ACCESSIBLE=1 and TERM=dumb.`,
		Example: `  conductor-registry wizard
  conductor-registry wizard --answers answers.yaml --out deploy
  conductor-registry wizard --values values.yaml
  conductor-registry wizard --chart ./orkes-conductor
  conductor-registry wizard --resume
  conductor-registry wizard --accessible`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w.fromFile, w.chartGiven = cmd.Flags().Changed("answers"), cmd.Flags().Changed("chart")
			if w.plainGiven = cmd.Flags().Changed("accessible"); !w.plainGiven {
				w.accessible = wantsLines(s)
			}
			for _, apart := range [][]string{{"answers", "values"}, {"answers", "resume"}} {
				if err := exclude(cmd, apart...); err != nil {
					return err
				}
			}
			w.outGiven = cmd.Flags().Changed("out")
			if w.opens = cmd.Flags().Changed("values"); w.opens && !w.outGiven {
				w.out = filepath.Dir(w.values)
			}

			return runWizard(catalog, s, w)
		},
	}
	addAnswersFile(cmd, &w.from, "start from the answers in this `FILE`")
	cmd.Flags().StringVar(&w.values, "values", "", "change the images in this values `FILE`, and no other byte of it")
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
	from, values, out, chart, helm string
	fromFile, opens, chartGiven    bool
	accessible, resume, mouse      bool
	outGiven, plainGiven           bool
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
	keep := newKeeper(s, w)
	start, err := w.begin(keep, given)
	if err != nil {
		return err
	}
	folder := &store{folder: files.Folder(w.out)}
	ctx, stop := context.WithCancel(context.Background()) // ends a helm or a question to a registry
	defer stop()
	var ask func([]byte) session.Verdict
	if w.chartGiven {
		if ask, err = w.withChart(ctx, catalog, s, start.Answers); err != nil {
			return err
		}
	}
	if err := w.openFiles(catalog, &start); err != nil {
		return err
	}
	if w.accessible {
		return runPlain(catalog, s, plain.Options{Answers: start.Answers, Sources: start.sources, Helm: ask, Keep: keep.Keep,
			ValuesToStdout: !s.OutIsTerminal && !w.outGiven}, folder, keep)
	}
	width, height := s.Size()
	return runProgram(s, ui.New(ui.Options{Width: width, Height: height, Catalog: catalog.Catalog, Prepare: catalog.load,
		Start: start.Session, Earlier: start.earlier, Offer: start.offer, Sources: start.sources, Keep: keep.Keep,
		Store: folder, Glyphs: glyphs(s), Mouse: w.mouse, Helm: ask, Probe: registries(ctx, usual()),
		ValuesToStdout: !s.OutIsTerminal}), folder, keep)
}

// withChart has the wizard write for the chart at hand, and gives the helm that renders it. A helm that is missing is
// no reason not to ask: it is said, and the wizard goes on without.
func (w wizardFlags) withChart(
	ctx context.Context, catalog lazyCatalog, s Streams, given *answers.Answers,
) (func([]byte) session.Verdict, error) {
	if err := catalog.load(); err != nil {
		return nil, err
	}
	if err := useChart(catalog.Catalog, s, w.chart, given); err != nil {
		return nil, err
	}
	program, err := helm.Find(w.helm)
	switch {
	case err == nil:
		return oracle(ctx, program, catalog.Charts[0], w.chart), nil
	case w.helm != "":
		return nil, usage("%w", err)
	}
	return func([]byte) session.Verdict { return session.Verdict{Program: "helm", Failed: err.Error()} }, nil
}

func runProgram(s Streams, wizard *ui.Model, folder *store, keep *keeper) error {
	options := []tea.ProgramOption{tea.WithInput(s.In), tea.WithOutput(s.Err), tea.WithEnvironment(s.Environment),
		tea.WithFPS(120)} // a frame waits for a tick: twice as many halve that
	if variable(s, "NO_COLOR") != "" { // whatever it is (https://no-color.org); the library wants it to be true
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	program := tea.NewProgram(wizard, options...)
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
