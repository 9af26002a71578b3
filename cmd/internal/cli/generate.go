package cli

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/form"
	"conductor-registry/model/plan"
)

type generate struct {
	streams              Streams
	answers              answerFlags
	output               format
	out                  string
	dryRun, check, force bool
}

func newGenerate(catalog *form.Catalog, s Streams) *cobra.Command {
	g := &generate{streams: s}
	cmd := &cobra.Command{Use: "generate", Short: "Write the files from answers, without questions", Args: cobra.NoArgs,
		Long: `Write values.yaml and pull-secret.sh (a set for each environment) from an answers
file, from flags, or from both: a flag goes before the file. The same answers
give the same bytes.

Every path of the answers file can be given with --set; the flags are the
common ones by name. A component's own registry has flags too, such as
--workers-registry-host.`,
		Example: `  conductor-registry generate --answers answers.yaml
  conductor-registry generate --answers answers.yaml --check
  conductor-registry generate --registry-provider acr --registry-name myacr --tag 5.2.42 --dry-run`,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.run(cmd, catalog) }}
	g.answers.add(cmd, catalog)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&g.out, "out", ".", "folder for the files")
	flags.BoolVar(&g.dryRun, "dry-run", false, "print the files instead of writing them")
	flags.BoolVar(&g.check, "check", false, "write nothing; exit 4 if a file is missing or differs")
	flags.BoolVar(&g.force, "force", false, "overwrite files that differ, and keep each as FILE.bak")
	cmd.MarkFlagsMutuallyExclusive("dry-run", "check", "force")
	_ = cmd.MarkFlagDirname("out")
	g.output.add(cmd)
	return cmd
}

func (g *generate) run(cmd *cobra.Command, catalog *form.Catalog) error {
	given, err := g.answers.read(cmd, g.streams.In)
	if err != nil {
		return g.refuse(err)
	}
	p, problems := plan.Build(catalog, given, g.answers.source())
	if len(problems) > 0 {
		return g.refuse(invalid(problems))
	}
	states, err := compare(files.Folder(g.out), p.Files())
	if err != nil {
		return exit{exitFailure, err}
	}
	code, err := g.act(states)
	if err != nil {
		return exit{exitFailure, err}
	}
	if g.output.json() {
		err = writeJSON(g.streams.Out, g.report(p, states))
	} else {
		g.tell(p, states)
	}
	if err == nil && code != exitOK {
		err = exit{code: code, err: g.advice(states)}
	}
	return err
}

// refuse reports answers that make no plan, as JSON too when that is wanted.
func (g *generate) refuse(err error) error {
	problems, ok := err.(exit).err.(model.Problems)
	if !ok || !g.output.json() {
		return err
	}
	if err := writeJSON(g.streams.Out, generated{FormatVersion: formatVersion, Files: []fileState{}, Problems: problems,
		NextSteps: []string{}}); err != nil {
		return err
	}
	return exit{code: exitUsage}
}

// fileState is one file and what becomes of it.
type fileState struct {
	Path   string `json:"path"`
	Action string `json:"action"` // created, unchanged, overwritten or would-change

	file plan.File
	old  []byte
}

func compare(folder files.Folder, wanted []plan.File) ([]fileState, error) {
	var states []fileState
	for _, f := range wanted {
		old, err := folder.Read(f.Name)
		if err != nil {
			return nil, fmt.Errorf("can't read what is there: %w", err)
		}
		state := fileState{Path: filepath.Join(folder.Folder(), f.Name), Action: "created", file: f, old: old}
		if old != nil {
			state.Action = "would-change"
		}
		if old != nil && bytes.Equal(old, f.Data) {
			state.Action = "unchanged"
		}
		states = append(states, state)
	}
	return states, nil
}

// act writes what may be written. Without --force one file that differs stops all: half a set is worse than none.
func (g *generate) act(states []fileState) (code int, err error) {
	var write []plan.File
	for i := range states {
		state := &states[i]
		switch {
		case state.Action == "unchanged":
		case g.check || g.dryRun:
			state.Action, code = "would-change", exitDiffers
		case state.Action == "would-change" && !g.force:
			code = exitDiffers
		default:
			if state.Action == "would-change" {
				state.Action = "overwritten"
			}
			write = append(write, state.file)
		}
	}
	switch {
	case g.dryRun:
		return exitOK, nil
	case g.check:
		return code, nil
	case code != exitOK:
		for i := range states {
			if states[i].Action == "created" {
				states[i].Action = "would-change"
			}
		}
		return code, nil
	}
	return code, files.Folder(g.out).Write(write)
}

// advice says how to go on after a difference.
func (g *generate) advice(states []fileState) error {
	var names []string
	for _, s := range states {
		if s.Action == "would-change" {
			names = append(names, s.Path)
		}
	}
	text := strings.Join(names, ", ")
	if g.check {
		return fmt.Errorf("%s: not what the answers give; run generate without --check", text)
	}
	return fmt.Errorf("%s: would change, so nothing was written; --force overwrites and keeps the old as .bak", text)
}

// tell prints the outcome: the product on stdout, the talk on stderr.
func (g *generate) tell(p *plan.Plan, states []fileState) {
	out, talk := g.streams.Out, g.streams.Err
	for _, s := range states {
		switch {
		case g.dryRun:
			fmt.Fprintf(out, "==> %s <==\n%s\n", s.Path, s.file.Data)
		case s.Action == "would-change" && s.old != nil:
			fmt.Fprint(talk, udiff.Unified(s.Path+" (now)", s.Path+" (new)", string(s.old), string(s.file.Data)))
			fmt.Fprintf(out, "%-13s%s\n", s.Action, s.Path)
		default:
			fmt.Fprintf(out, "%-13s%s\n", s.Action, s.Path)
		}
	}
	warn(talk, p.Problems())
	if g.dryRun || g.check {
		return
	}
	for _, env := range p.Environments {
		fmt.Fprintf(talk, "\nNext%s:\n", suffix(", for ", env.Name))
		for i, step := range env.Steps("") {
			fmt.Fprintf(talk, "  %d  %s\n", i+1, step.Command)
		}
	}
}

func suffix(before, name string) string {
	if name == "" {
		return ""
	}
	return before + name
}

// generated is what generate -o json prints.
type generated struct {
	FormatVersion string                 `json:"formatVersion"`
	Files         []fileState            `json:"files"`
	Environments  map[string]environment `json:"environments,omitempty"`
	Problems      model.Problems         `json:"problems"`
	NextSteps     []string               `json:"nextSteps"`
}

type environment struct {
	Components map[string]*chart.ResolvedComponent `json:"components"`
}

func (g *generate) report(p *plan.Plan, states []fileState) generated {
	r := generated{FormatVersion: formatVersion, Files: states, Environments: map[string]environment{},
		Problems: append(model.Problems{}, p.Problems()...), NextSteps: []string{}}
	for _, env := range p.Environments {
		r.Environments[env.Name] = environment{env.Resolution.Components}
		for _, step := range env.Steps("") {
			r.NextSteps = append(r.NextSteps, step.Command)
		}
	}
	return r
}
