package session

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/ui/report"
)

// proseWidth is the widest line of a final message in cells.
const proseWidth = 97

// Done returns the final message, which stays in the terminal's scrollback: the files, the commands to run next and the
// images.
func (d Delivery) Done() string {
	var b strings.Builder
	d.write(&b, d.filesText())
	d.writeNext(&b)
	b.WriteString("\nImages:\n")
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, e := range d.Plan.Environments {
		resolution, remark := d.resolutionOnDisk(e)
		for _, c := range e.Components {
			fmt.Fprintf(t, "  %s\t%s%s\n", strings.TrimSpace(c.Name+" "+e.Name), Image(resolution, c.Name), remark)
		}
	}
	_ = t.Flush() // writes to memory
	return b.String()
}

// writeNext writes the next steps of the last environment, and names the others. A values file that was kept has none:
// it does not hold these answers.
func (d Delivery) writeNext(w io.Writer) {
	last := len(d.Plan.Environments) - 1
	env := d.Plan.Environments[last]
	if d.wasKept(env) {
		d.write(w, "\n"+env.FileName("values")+" was kept and does not match these answers. To replace it, answer again "+
			"and choose to overwrite it at the end.")
		return
	}
	fmt.Fprintf(w, "\n%s\n", StepsTitle(env))
	WriteSteps(w, slices.DeleteFunc(env.Steps(d.Folder), d.runsSkippedScript), d.width())
	var others []string
	for _, other := range d.Plan.Environments[:last] {
		others = append(others, other.Name)
	}
	if len(others) > 0 {
		d.write(w, "\nThe steps for "+model.List(others)+" are the same, with the files of that name.")
	}
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

// width returns the cells that a line of the final message may take.
func (d Delivery) width() int {
	if d.Width == 0 {
		return proseWidth
	}
	return max(40, min(proseWidth, d.Width-1))
}

// write writes paragraphs, wrapped.
func (d Delivery) write(w io.Writer, text string) {
	for paragraph := range strings.SplitSeq(text, "\n") {
		for _, line := range report.Wrap(paragraph, d.width()) {
			fmt.Fprintln(w, line)
		}
	}
}

// runsSkippedScript reports whether a step runs a script that was offered and not written.
func (d Delivery) runsSkippedScript(step plan.Step) bool {
	return slices.ContainsFunc(d.Files, func(f File) bool { return f.Offered && !f.Writes() && f.Name == step.Runs })
}

// wasKept reports whether an environment's values file differs from the plan and was not replaced.
func (d Delivery) wasKept(env *plan.Environment) bool {
	return slices.ContainsFunc(d.Files, func(f File) bool {
		return f.Name == env.FileName("values") && f.Differs() && !f.Overwrite
	})
}

// resolutionOnDisk returns what an environment's values file gives as it is on disk, and a remark when it was kept.
func (d Delivery) resolutionOnDisk(e *plan.Environment) (r *chart.Resolution, remark string) {
	for _, f := range d.Files {
		if f.Name != e.FileName("values") || !d.wasKept(e) {
			continue
		}
		if kept, err := values.Load(values.Source{Name: f.Name, Data: f.Old}); err == nil {
			return e.Profile.Resolve(kept), "  (from the " + f.Name + " that was kept)"
		}
	}
	return e.Resolution, ""
}

// Image returns the image of a component, or why it has none.
func Image(r *chart.Resolution, component string) string {
	if r.Error != nil {
		return "none: the chart refuses these values"
	}
	return r.Components[component].Image
}

// filesText lists the files that were written, with their backups, and those that were kept.
func (d Delivery) filesText() string {
	var written, kept []string
	for _, f := range d.Files {
		switch {
		case f.Writes() && f.Old != nil:
			written = append(written, fmt.Sprintf("%s (backup: %s.bak)", f.Name, f.Name))
		case f.Writes():
			written = append(written, f.Name)
		case f.Differs():
			kept = append(kept, f.Name)
		}
	}
	lines := []string{"Nothing to write: all files exist already and match."}
	switch {
	case len(written) > 0 && d.Folder != "." && d.Folder != "":
		lines[0] = "Wrote " + model.List(written) + " in " + d.Folder + "."
	case len(written) > 0:
		lines[0] = "Wrote " + model.List(written) + "."
	case len(kept) > 0:
		lines[0] = "Nothing was written."
	}
	if len(kept) > 0 {
		lines = append(lines, "Kept: "+model.List(kept)+".")
	}
	if slices.Contains(kept, "answers.yaml") {
		lines = append(lines, "The answers.yaml that was kept does not give these files.")
	}
	switch {
	case d.ToStdout():
		lines = append(lines, "The values went to standard output; the commands call that file "+
			d.Plan.Environments[0].FileName("values")+".")
	case d.Redirected:
		lines = append(lines, "Nothing went to standard output: it can hold one environment only.")
	}
	return strings.Join(lines, "\n")
}
