package cli

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/ui"
)

func newWizard(catalog lazyCatalog, s Streams, name string) *cobra.Command {
	var from, out string
	cmd := &cobra.Command{
		Use: name, Short: "Ask in the terminal, and write the files at the end", Args: noArguments,
		Long: `Ask a few questions in the terminal and write values.yaml, pull-secret.sh and
answers.yaml at the end. Nothing is written before that, and what is there
already is kept unless you say so.

With its output redirected the values go there: conductor-registry > values.yaml`,
		Example: `  conductor-registry wizard
  conductor-registry wizard --answers answers.yaml --out deploy`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runWizard(catalog, s, from, cmd.Flags().Changed("answers"), out)
		},
	}
	addAnswersFile(cmd, &from, "start from the answers in this `FILE`")
	cmd.Flags().StringVar(&out, "out", ".", "`FOLDER` for the files")
	_ = cmd.MarkFlagDirname("out")
	return cmd
}

// runWizard checks all that can fail before the screen is taken over.
func runWizard(catalog lazyCatalog, s Streams, from string, fromFile bool, out string) error {
	if err := checkTerminal(s); err != nil {
		return exit{exitUsage, err}
	}
	if err := checkFolder(out); err != nil {
		return err
	}
	if from == "-" {
		return usage("--answers -: the wizard reads its keys from standard input; name a file")
	}
	given, err := newGiven(from, fromFile, s.In)
	if err != nil {
		return err
	}
	if err := startsWell(catalog, given, from); err != nil {
		return err
	}
	folder := &store{folder: files.Folder(out)}
	wizard := ui.New(ui.Options{
		Catalog: catalog.Catalog, Prepare: catalog.load, Answers: given.answers, Store: folder, Glyphs: glyphs(s),
		ValuesToStdout: !s.OutIsTerminal,
	})
	program := tea.NewProgram(wizard, tea.WithInput(s.In), tea.WithOutput(s.Err), tea.WithEnvironment(s.Environment),
		tea.WithFPS(120)) // a frame waits for a tick: twice as many halve that
	_, err = program.Run()
	happened := folder.close()
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

// finish says what was done on the normal screen. A redirected standard output gets the values alone.
func finish(s Streams, wizard *ui.Model) error {
	if s.OutIsTerminal {
		fmt.Fprint(s.Out, wizard.Done())
		return nil
	}
	fmt.Fprint(s.Err, wizard.Done())
	if _, err := s.Out.Write(wizard.StdoutValues()); err != nil {
		return exit{exitFailure, err}
	}
	return nil
}

// checkTerminal refuses what would hang or draw into a file, and names the way that needs no terminal.
func checkTerminal(s Streams) error {
	const instead = `
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

// glyphs follow the locale: the first of these variables that is set says how text is encoded (POSIX, locale).
func glyphs(s Streams) ui.Glyphs {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := strings.ToLower(variable(s, name)); value != "" {
			if strings.Contains(value, "utf-8") || strings.Contains(value, "utf8") {
				return ui.Unicode()
			}
			return ui.ASCII()
		}
	}
	if runtime.GOOS == "windows" {
		return ui.Unicode()
	}
	return ui.ASCII()
}

func variable(s Streams, name string) string {
	for _, pair := range s.Environment {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return value
		}
	}
	return ""
}
