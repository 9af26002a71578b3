package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/answers"
	"conductor-registry/presets"
	"conductor-registry/ui"
	"conductor-registry/ui/plain"
	"conductor-registry/ui/session"
	"conductor-registry/verify/helm"
)

func newWizard(catalog *answers.Catalog, folders []presets.Folder, s Streams, name string) *cobra.Command {
	var w wizardFlags
	c := &command{streams: s, catalog: catalog}
	c.Command = &cobra.Command{
		Use: name, Short: "Answer questions in the terminal and write the files", Args: noArguments,
		Long: `Answer a few questions in the terminal. At the end the wizard writes
values.yaml, pull-secret.sh and answers.yaml. It writes nothing before that, and
keeps files that exist unless you choose otherwise.

--values FILE starts from an existing values file, shows the diff, and changes
only our keys in it.

--chart PATH renders that chart with helm in the background; the preview shows
whether helm agrees.

With standard output redirected, the values go there:
conductor-registry > values.yaml (with --accessible only without --out).

If you leave before the end, the answers are saved without any password, and
--resume continues.

--accessible asks line by line, for screen readers, pipes and simple terminals.
ACCESSIBLE=1 and TERM=dumb do the same.`,
		Example: `  conductor-registry wizard
  conductor-registry wizard --answers answers.yaml --out deploy
  conductor-registry wizard --values values.yaml
  conductor-registry wizard --chart ./orkes-conductor
  conductor-registry wizard --resume
  conductor-registry wizard --accessible`,
		RunE: func(*cobra.Command, []string) error {
			w.fromFile, w.chartGiven = c.changed("answers"), w.chart.given(c)
			if w.plainGiven = c.changed("accessible"); !w.plainGiven {
				w.accessible = needsLines(s)
			}
			if err := c.excludeEach("answers", "values", "resume"); err != nil {
				return err
			}
			w.outGiven, w.presets, w.streams = c.changed("out"), folders, s
			w.opens = c.changed("values")
			switch {
			case w.opens && !w.outGiven:
				w.out = filepath.Dir(w.values)
			case w.opens && absolute(filepath.Dir(w.values)) == absolute(w.out): // one name for one file
				w.values = filepath.Join(w.out, filepath.Base(w.values))
			}
			return runWizard(c, catalog, s, w)
		},
	}
	flags := c.Flags()
	addAnswersFile(c, &w.from, "start from the answers in `FILE`")
	flags.StringVar(&w.values, "values", "", "change the images in an existing values `FILE` and keep every other byte")
	_ = c.MarkFlagFilename("values", "yaml", "yml")
	w.chart.add(c)
	addHelm(c, &w.helm)
	flags.BoolVar(&w.resume, "resume", false, "resume the unfinished session of this folder")
	flags.BoolVar(&w.mouse, "mouse", false, "use the mouse; hold shift to select text")
	flags.BoolVar(&w.accessible, "accessible", false, "ask line by line, for screen readers and pipes")
	flags.StringVar(&w.out, "out", ".", "write the files to `FOLDER`")
	_ = c.MarkFlagDirname("out")
	addPresetsFlag(c.Command)
	return c.Command
}

type wizardFlags struct {
	from, values, out, helm     string
	chart                       chartFlags
	presets                     []presets.Folder
	streams                     Streams
	fromFile, opens, chartGiven bool
	accessible, resume, mouse   bool
	outGiven, plainGiven        bool
}

// hasten takes work out of the way of the first frame (BenchmarkFirstFrame): the default chart is decoded and the
// renderer's table of character widths is made while the terminal is set up, and the first garbage collection, which would
// come meanwhile, comes later.
func hasten(catalog *answers.Catalog) {
	debug.SetGCPercent(400)
	go catalog.Charts.Default()
	go ansi.StringWidthWc("─")
}

// runWizard does everything that can fail before it takes over the screen, then runs the wizard.
func runWizard(c *command, catalog *answers.Catalog, s Streams, w wizardFlags) error {
	if err := checkTerminal(s); err != nil && !w.accessible {
		return exit{exitUsage, err}
	}
	if !w.accessible {
		hasten(catalog)
	}
	if err := checkFolder(w.out); err != nil {
		return err
	}
	if w.from == "-" {
		return usage("--answers -: standard input is used for the questions; name a file")
	}
	in, err := readAnswers(w.from, w.fromFile, s)
	if err != nil {
		return err
	}
	if err := validateAnswers(catalog, in); err != nil {
		return err
	}
	unfinished := newSessionFile(s, w)
	start, err := w.begin(unfinished, in)
	if err != nil {
		return err
	}
	folder := &store{folder: files.Folder(w.out), known: s.known, inputs: s.inputs}
	running, _ := interruptible(c.Command) // to the end of the process: the wizard decides what a signal does
	ctx, stop := context.WithCancel(running)
	defer stop() // ends a running helm or request
	var check func([]byte) session.Verdict
	if w.chartGiven {
		if check, err = w.helmCheck(ctx, c, start.Answers); err != nil {
			return err
		}
	}
	if err := w.openFiles(catalog, &start); err != nil {
		return err
	}
	w.offerValues(catalog, &start)
	w.namePresets(start.Answers)
	if w.accessible {
		return runPlain(
			catalog,
			s,
			plain.Options{Answers: start.Answers, Sources: start.sources, Helm: check, Keep: unfinished.Keep,
				Offer: start.offer, Offered: start.found, OfferedSources: start.offered,
				ValuesToStdout: !s.OutIsTerminal && !w.outGiven},
			folder,
			unfinished,
		)
	}
	width, height := s.Size()
	return runProgram(ctx, s, ui.Options{Width: width, Height: height, Catalog: catalog, Check: catalog.Load,
		Start: start.Session, Earlier: start.found, EarlierSources: start.offered, Offer: start.offer, Sources: start.sources,
		Keep:  unfinished.Keep,
		Store: folder, Glyphs: glyphs(s), Mouse: w.mouse, Helm: check,
		Probe:          wizardProbe(ctx, wizardProbeOptions()),
		ValuesToStdout: !s.OutIsTerminal, CanSuspend: canSuspend(),
		Colour: s.OutIsTerminal && variable(s, "NO_COLOR") == ""}, folder, unfinished)
}

// helmCheck makes the chart of --chart or --profile the one to write for, and returns the check with helm; nil without
// --chart. If helm is not found, the check says so and the wizard continues.
func (w wizardFlags) helmCheck(
	ctx context.Context, c *command, a *answers.Answers,
) (func([]byte) session.Verdict, error) {
	profile, err := w.chart.use(c, a)
	if err != nil || w.chart.path == "" {
		return nil, err
	}
	program, err := helm.Find(w.helm)
	switch {
	case err == nil:
		return helmChecker(ctx, program, profile, valueFlags{chart: w.chart, under: a.Get("under")}), nil
	case w.helm != "":
		return nil, usage("%w", err)
	}
	return func([]byte) session.Verdict { return session.Verdict{Program: "helm", Failed: err.Error()} }, nil
}

// runProgram runs the wizard until its files are written, or until a key, a signal or the end of the terminal ends it.
func runProgram(ctx context.Context, s Streams, o ui.Options, folder *store, unfinished *sessionFile) error {
	var watch *signalWatch
	running, endSteps := context.WithCancel(context.WithoutCancel(ctx)) // ctrl+c is for the step that has the terminal
	defer endSteps()
	o.Runner = stepRunner{running, s, func() func(bool) { return watch.hold() }}
	wizard := ui.New(o)
	options := []tea.ProgramOption{tea.WithInput(s.In), tea.WithOutput(device(s.Err)), tea.WithEnvironment(s.Environment),
		tea.WithFPS(120), // a frame waits for a tick: 120 per second halve the wait
		tea.WithoutSignalHandler()}
	if file, ok := s.In.(*os.File); ok {
		options[0] = tea.WithInput(terminalInput{file, func() { watch.add(hangup) }})
	}
	if variable(s, "NO_COLOR") != "" { // any value counts (https://no-color.org); the library requires a true one
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	program := tea.NewProgram(wizard, options...)
	watch = watchSignals(func() {
		endSteps()
		program.Quit()
	})
	_, err := program.Run()
	happened := folder.close() + unfinished.leave(wizard.Left())
	ended := watch.err(happened)
	switch {
	case wizard.Written() != nil:
		unfinished.remove()
		if err := finish(s, wizard); err != nil {
			return err
		}
		return ended
	case ended != nil:
		return ended
	case errors.Is(err, tea.ErrInterrupted):
		return exit{exitCancelled, errors.New("cancelled; " + happened)}
	case err != nil:
		return exit{exitFailure, err}
	}
	return wizard.Err()
}

// delivered is the result of the wizard or of the line prompts.
type delivered interface {
	Done() string
	StdoutValues() []byte
}

// finish prints the final message. A redirected standard output gets only the values.
func finish(s Streams, written delivered) error {
	if s.OutIsTerminal {
		// It can have colours. It masks and makes visible what it contains itself.
		_, _ = io.WriteString(raw(s.Out), written.Done())
		return nil
	}
	fmt.Fprint(s.Err, written.Done())
	if _, err := raw(s.Out).Write(written.StdoutValues()); err != nil {
		return exit{exitFailure, err}
	}
	return nil
}
