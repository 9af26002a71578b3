package session

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/mirror"
	"conductor-registry/model/plan"
	"conductor-registry/model/shell"
	"conductor-registry/ui/report"
)

// NextStep is a step that brings the written files to the cluster.
type NextStep struct {
	plan.Step
	Title       string // above the steps of the same environment: "Next, for prod:"
	Environment string
	Namespace   string   // of the pods
	Short       bool     // part of a short list; others can be left out
	Copies      []string // what a step that copies images copies: "SOURCE to TARGET"
}

// ID tells the steps of a delivery apart.
func (s NextStep) ID() string { return s.Environment + " " + s.Command }

// Result holds the outcome of a step that was run.
type Result struct {
	OK   bool
	Text string // "done at the end of the wizard", or the error
}

// Next returns the steps for every environment whose values file was written: one that was kept does not hold these
// answers. A command that environments share is there once.
func (d *Delivery) Next() []NextStep {
	var out []NextStep
	several := len(slices.DeleteFunc(slices.Clone(d.Plan.Environments), d.wasKept)) > 1
	shared := map[string]bool{}
	for _, env := range d.Plan.Environments {
		if d.wasKept(env) {
			continue
		}
		for _, step := range slices.DeleteFunc(env.Steps(d.Folder), d.runsSkippedScript) {
			if shared[step.Command] {
				continue
			}
			shared[step.Command] = true
			next := NextStep{Step: step, Title: StepsTitle(env), Environment: env.Name, Namespace: env.Secret.Namespace,
				Short: isShort(step.Kind, several)}
			if step.Kind == plan.CopyImages {
				next.Copies = copies(env)
			}
			out = append(out, next)
		}
	}
	return out
}

// copies returns what has to be copied for environments, each "SOURCE to TARGET".
func copies(envs ...*plan.Environment) []string {
	var wanted []mirror.Wanted
	for _, env := range envs {
		for _, c := range env.Components {
			wanted = append(wanted, mirror.Wanted{Use: mirror.Use{Environment: env.Name, Component: c.Name},
				Image: Image(env.Resolution, c.Name), Default: env.Profile.DefaultImage(c.Name),
				AppVersion: env.Profile.AppVersion, Preset: c.Preset, Location: c.Location, Repository: c.Repository})
		}
	}
	list, err := mirror.NewList(wanted, nil)
	if err != nil {
		return nil
	}
	return model.Map(list.Images, func(i mirror.Image) string { return i.Source + " to " + i.Target })
}

// CopyStep returns the step that copies the images of a plan whose files are not written yet: the answers are its input.
// It has no Copies where nothing has to be copied.
func CopyStep(p *plan.Plan) NextStep {
	given := p.Answers.Clone()
	for _, path := range given.Paths() {
		if answers.ParsePath(path).Leaf == "base" { // the other values are not needed
			given.Unset(path)
		}
	}
	const end = "ANSWERS"
	command := fmt.Sprintf("conductor-registry mirror --answers - <<'%s'\n%s%[1]s", end, given.Encode())
	return NextStep{Step: plan.Step{Kind: plan.CopyImages, Command: command}, Copies: copies(p.Environments...)}
}

// isShort reports whether a final message has a step. Copying images and further checks can be left out, with several
// environments also the first check.
func isShort(kind plan.StepKind, several bool) bool {
	switch kind {
	case plan.PullTest, plan.Render, plan.CopyImages:
		return false
	case plan.Probe:
		return !several
	case plan.FetchChart, plan.Identity, plan.CreateSecret, plan.Install:
	}
	return true
}

// hasAnswers reports whether answers.yaml holds the answers of these files.
func (d *Delivery) hasAnswers() bool {
	return slices.ContainsFunc(d.Files, func(f File) bool { return f.Name == answersFile && (f.Writes() || f.Unchanged()) })
}

// AllSteps returns where to read all steps; "" when no command can print them.
func (d *Delivery) AllSteps() string {
	if !d.hasAnswers() || len(d.Next()) == 0 {
		return ""
	}
	return "All steps, also to copy the images and to test: " + d.stepsCommand()
}

// stepsCommand returns the command that prints all steps.
func (d *Delivery) stepsCommand() string {
	if d.Folder == "." || d.Folder == "" {
		return "conductor-registry steps"
	}
	return "conductor-registry steps --answers " + shell.Quote(filepath.Join(d.Folder, answersFile)) + " --out " +
		shell.Quote(d.Folder)
}

// StepsTitle returns the heading above an environment's next steps.
func StepsTitle(env *plan.Environment) string {
	if env.Name == "" {
		return "Next:"
	}
	return "Next, for " + env.Name + ":"
}

// WriteSteps writes numbered steps: the command as it is, and below it what it does, wrapped to width cells.
func WriteSteps(w io.Writer, steps []plan.Step, width int) {
	const indent = "       "
	for i, step := range steps {
		fmt.Fprintf(w, "  %d  %s\n", i+1, strings.ReplaceAll(step.Command, "\n", "\n     "))
		notes := report.Wrap(step.What, width-len(indent))
		if step.Note != "" {
			notes = append(notes, report.Wrap(step.Note, width-len(indent))...)
		}
		for _, line := range notes {
			fmt.Fprintln(w, indent+line)
		}
	}
}

// runsSkippedScript reports whether a step runs a script that was not written, because it was only offered or cannot be
// read.
func (d *Delivery) runsSkippedScript(step plan.Step) bool {
	return slices.ContainsFunc(d.Files, func(f File) bool {
		return f.Name == step.Runs && !f.Writes() && (f.Offered || f.Err != nil)
	})
}

// wasKept reports whether an environment's values file differs from the plan, or cannot be read, and was not replaced.
func (d *Delivery) wasKept(env *plan.Environment) bool {
	return slices.ContainsFunc(d.Files, func(f File) bool {
		return f.Name == env.FileName("values") && (f.Differs() && !f.Overwrite || f.Err != nil)
	})
}
