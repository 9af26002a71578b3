package cli

import (
	"fmt"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// printFiles prints the files with their actions, or their content with --dry-run. Diffs, problems and next steps are
// messages.
func (g *generateCommand) printFiles(
	p *plan.Plan, set []session.File, actions []fileAction, problems model.Problems,
) {
	out, messages := g.streams.Out, g.streams.Err
	for i, f := range set {
		if g.dryRun {
			if i > 0 {
				fmt.Fprintln(out)
			}
			printf(out, "==> %s <==\n", f.Path)
			if f.Base != "" { // a copy of the user's own file
				_, _ = raw(out).Write(f.Data) // the stream keeps the error
			} else {
				_, _ = out.Write(f.Data)
			}
			continue
		}
		if actions[i].Action == session.WouldChange && f.Old != nil {
			fmt.Fprint(messages, f.Diff())
		}
		actions[i].write(out, f.Old == nil)
	}
	printProblems(messages, problems)
	if g.dryRun || g.check || slices.ContainsFunc(actions, fileAction.isHeld) {
		return
	}
	g.printSteps(p.Environments)
}

// mostSteps is the number of environments up to which generate prints the steps of each. They differ only in names.
const mostSteps = 3

// printSteps prints the next steps of each environment; of many, those of the first, and how to see the others.
func (g *generateCommand) printSteps(environments []*plan.Environment) {
	messages, others := g.streams.Err, 0
	if len(environments) > mostSteps {
		environments, others = environments[:1], len(environments)-1
	}
	for _, env := range environments {
		fmt.Fprintf(messages, "\n%s\n", session.StepsTitle(env))
		session.WriteSteps(messages, g.steps(env), helpWidth)
	}
	if others > 0 {
		fmt.Fprintf(messages, "\nThe same steps for the other %d environments, with their names: conductor-registry steps\n",
			others)
	}
}

// generated is the JSON output of generate.
type generated struct {
	FormatVersion string                   `json:"formatVersion"`
	Files         []fileAction             `json:"files"`
	Environments  map[string]podComponents `json:"environments"`
	Problems      model.Problems           `json:"problems"`
	NextSteps     []string                 `json:"nextSteps"`
}

type podComponents struct {
	Components map[string]*chart.ResolvedComponent `json:"components"`
}

func (g *generateCommand) generatedJSON(p *plan.Plan, actions []fileAction, problems model.Problems) generated {
	out := refusedAnswers(problems)
	out.Files = actions
	for _, env := range p.Environments {
		out.Environments[env.Name] = podComponents{env.Resolution.Components}
		for _, step := range g.steps(env) {
			out.NextSteps = append(out.NextSteps, step.Command)
		}
	}
	return out
}

// refusedAnswers returns the JSON output without files.
func refusedAnswers(problems model.Problems) generated {
	return generated{
		formatVersion, []fileAction{}, map[string]podComponents{}, append(model.Problems{}, problems...), []string{},
	}
}
