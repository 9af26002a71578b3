package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/ui/report"
)

// tell prints the outcome as text: the files, or with --dry-run their content; differences, remarks and the next steps
// are talk.
func (g *generate) tell(p *plan.Plan, states []fileState, remarks model.Problems) {
	out, talk := g.streams.Out, g.streams.Err
	for i, s := range states {
		if g.dryRun {
			fmt.Fprintf(out, "%s==> %s <==\n%s", suffix("\n", "", i > 0), s.Path, s.file.Data)
			continue
		}
		if s.Action == wouldChange && s.old != nil {
			fmt.Fprint(talk, udiff.Unified(s.Path+" (now)", s.Path+" (new)", string(s.old), string(s.file.Data)))
		}
		fmt.Fprintf(out, "%-14s%s\n", s.words(), s.Path)
	}
	warn(talk, remarks)
	if g.dryRun || g.check || slices.ContainsFunc(states, func(s fileState) bool { return s.Action == wouldChange }) {
		return
	}
	for _, env := range p.Environments {
		fmt.Fprintf(talk, "\nNext%s:\n", suffix(", for ", env.Name, env.Name != ""))
		for i, step := range env.Steps(g.out) {
			lines := append(strings.Split(step.Command, "\n"), report.Wrap(step.What, 84)...)
			if step.Note != "" {
				lines = append(lines, report.Wrap(step.Note, 84)...)
			}
			fmt.Fprintf(talk, "  %d  %s\n", i+1, strings.Join(lines, "\n     "))
		}
	}
}

// words are the action, told apart where JSON's readers look at the disk themselves.
func (s fileState) words() string {
	switch {
	case s.Action == wouldChange && s.old == nil:
		return "missing"
	case s.Action == wouldChange:
		return "differs"
	}
	return s.Action
}

func suffix(before, name string, wanted bool) string {
	if !wanted {
		return ""
	}
	return before + name
}

// commands are the next steps.
func commands(env *plan.Environment, folder string) []string {
	var out []string
	for _, step := range env.Steps(folder) {
		out = append(out, step.Command)
	}
	return out
}

// generated is what generate -o json prints.
type generated struct {
	FormatVersion string                 `json:"formatVersion"`
	Files         []fileState            `json:"files"`
	Environments  map[string]environment `json:"environments"`
	Problems      model.Problems         `json:"problems"`
	NextSteps     []string               `json:"nextSteps"`
}

type environment struct {
	Components map[string]*chart.ResolvedComponent `json:"components"`
}

func outcome(p *plan.Plan, states []fileState, remarks model.Problems, folder string) generated {
	r := refusedAnswers(remarks)
	r.Files = states
	for _, env := range p.Environments {
		r.Environments[env.Name] = environment{env.Resolution.Components}
		r.NextSteps = append(r.NextSteps, commands(env, folder)...)
	}
	return r
}

// refusedAnswers is what is left to say when there are no files.
func refusedAnswers(problems model.Problems) generated {
	return generated{
		formatVersion, []fileState{}, map[string]environment{}, append(model.Problems{}, problems...), []string{},
	}
}
