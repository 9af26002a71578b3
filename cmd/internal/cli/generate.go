package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/answers"
)

type generate struct {
	streams                     Streams
	answers                     answerFlags
	output                      format
	chart, out                  string
	dryRun, check, force, merge bool
}

// newGenerate is the command generate; withFields tells whether its flags for the fields are wanted.
func newGenerate(catalog *answers.Catalog, s Streams, withFields bool) *cobra.Command {
	g := &generate{streams: s}
	cmd := &cobra.Command{
		Use: "generate", Short: "Write the files from answers, without questions", Args: noArguments,
		Long: `Write values.yaml and pull-secret.sh (a set for each environment) from an
answers file, from flags, or from both: a flag goes before the file. The same
answers give the same bytes.

Files that differ from what is to be written are shown and kept, unless --force
or --merge is given. --merge writes our keys into the values files that are
there and keeps every other byte; a key of ours that these answers do not write
is taken out, and told. The script is replaced.

Exit codes: 0 written or up to date, 1 failure, 2 answers missing or invalid
(all are listed), 4 a file differs.

What has no flag here is given with --set. A component's own registry has flags
too, such as --workers-registry-host.`,
		Example: `  conductor-registry generate --answers answers.yaml
  conductor-registry generate --answers answers.yaml --check
  conductor-registry generate --registry-provider acr --registry-name myacr \
      --tag 5.2.42 --dry-run`,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.run(cmd, catalog) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	g.answers.add(cmd, catalog, withFields)
	addChart(cmd, &g.chart)
	inSection(flags, "Answers", "chart")
	flags.StringVar(&g.out, "out", ".", "`FOLDER` for the files")
	flags.BoolVar(&g.dryRun, "dry-run", false, "print the files instead of writing them")
	flags.BoolVar(&g.check, "check", false, "write nothing; exit 4 if a file is missing or differs")
	flags.BoolVar(&g.force, "force", false, "overwrite files that differ, and keep each as FILE.bak")
	flags.BoolVar(&g.merge, "merge", false, "change only our keys in values files, and keep each as FILE.bak")
	_ = cmd.MarkFlagDirname("out")
	g.output.add(cmd)
	inSection(flags, "Files", "out", "dry-run", "check", "force", "merge", "output")
	return cmd
}

func (g *generate) run(cmd *cobra.Command, catalog *answers.Catalog) error {
	for _, together := range [][]string{{"dry-run", "check", "force"}, {"force", "merge"}} {
		if err := exclude(cmd, together...); err != nil {
			return err
		}
	}
	if err := checkFolder(g.out); err != nil {
		return err
	}
	given, err := g.answers.read(cmd, g.streams.In)
	if err != nil {
		return err
	}
	if cmd.Flags().Changed("chart") {
		if err := useChart(catalog, g.streams, g.chart, given.answers); err != nil {
			return err
		}
	}
	if g.merge {
		given.merge = files.Folder(g.out)
	}
	p, problems := given.plan(catalog)
	if len(problems) > 0 {
		return g.output.instead(g.streams.Out, refusedAnswers(problems),
			exit{exitUsage, given.worded(problems, catalog)})
	}
	states, err := compare(files.Folder(g.out), p.Files())
	if err != nil {
		return exit{exitFailure, err}
	}
	if err := g.apart(states); err != nil {
		return err
	}
	code, err := g.act(states)
	if err != nil {
		return exit{exitFailure, err}
	}
	remarks := given.placed(p.Problems())
	if g.output.json() {
		err = writeJSON(g.streams.Out, outcome(p, states, remarks, g.out))
	} else {
		g.tell(p, states, remarks)
	}
	if err == nil && code != exitOK {
		err = exit{code: code, err: g.advice(states)}
	}
	return err
}

// apart wants bases that are not written over by their own copies.
func (g *generate) apart(states []fileState) error {
	for _, s := range states {
		if s.ontoItself() && !g.merge {
			return usage("base %s is the file that would be written: leave it out, and give --merge", s.Path)
		}
	}
	return nil
}

// act writes what may be written. Without --force or --merge one file that differs stops all: half a set is worse than
// none.
func (g *generate) act(states []fileState) (code int, err error) {
	differs := false
	for i := range states {
		switch state := &states[i]; {
		case g.check:
			differs = differs || state.Action != unchanged
		case state.Action == wouldChange && g.merge && state.ontoItself():
			state.Action = merged
		case state.Action == wouldChange && (g.merge || g.force):
			state.Action = overwritten
		case state.Action == wouldChange:
			differs = true
		}
	}
	switch {
	case g.dryRun:
		hold(states)
		return exitOK, nil
	case g.check || differs:
		hold(states)
		if differs {
			return exitDiffers, nil
		}
		return exitOK, nil
	}
	return exitOK, files.Folder(g.out).Write(writable(states))
}

// advice says how to go on after a difference.
func (g *generate) advice(states []fileState) error {
	var names []string
	for _, s := range states {
		if s.Action == wouldChange && (g.check || s.old != nil) {
			names = append(names, s.Path)
		}
	}
	text := strings.Join(names, ", ")
	if g.check {
		return fmt.Errorf("%s: not what the answers give; write with the same command without --check", text)
	}
	return fmt.Errorf("%s: would change, so nothing was written; --merge changes only our keys in values files, "+
		"--force overwrites, and both keep the old as FILE.bak", text)
}
