package session

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
	"conductor-registry/model/shell"
	"conductor-registry/model/values"
	"conductor-registry/ui/report"
)

// proseWidth is the widest line of a final message in cells.
const proseWidth = 97

// Done returns the final message, which stays in the terminal's scrollback: the files, the images and the commands to run
// next. The command steps lists all steps.
func (d Delivery) Done() string {
	var b strings.Builder
	for i, line := range strings.Split(d.filesText(), "\n") {
		if i == 0 && d.Mark != "" {
			line = d.Mark + " " + line
		}
		for _, line := range report.Wrap(redact.Visible(line), d.width()) {
			fmt.Fprintln(&b, d.paint(good, line))
		}
	}
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, e := range d.Plan.Environments {
		resolution, remark := d.resolutionOnDisk(e)
		for _, c := range e.Components {
			name, image := redact.Visible(strings.TrimSpace(c.Name+" "+e.Name)), redact.Visible(Image(resolution, c.Name))
			fmt.Fprintf(t, "  %s\t%s%s\n", name, image, remark)
		}
	}
	_ = t.Flush() // writes to memory
	d.writeNext(&b)
	return b.String()
}

// writeNext writes the steps that bring the files to the cluster, for every environment whose values file was written:
// one that was kept does not hold these answers. With several environments it leaves out what can be left out.
func (d Delivery) writeNext(b *strings.Builder) {
	n := 0
	var written []*plan.Environment
	for _, env := range d.Plan.Environments {
		if d.wasKept(env) {
			d.write(b, "\n"+redact.Visible(env.FileName("values"))+" was kept and does not match these answers. To replace "+
				"it, answer again and choose to overwrite it at the end.")
			continue
		}
		written = append(written, env)
	}
	shared := map[string]bool{} // commands that were written
	for _, env := range written {
		fmt.Fprintf(b, "\n%s\n", StepsTitle(env))
		for _, step := range slices.DeleteFunc(env.Steps(d.Folder), d.runsSkippedScript) {
			if shared[step.Command] || !isShort(step.Kind, len(written) > 1) {
				continue
			}
			shared[step.Command] = true
			n++
			d.writeStep(b, n, step)
		}
	}
	if len(written) > 0 && d.hasAnswers() {
		d.write(b, "\nAll steps, also to copy the images and to test: "+d.stepsCommand())
	}
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

// writeStep writes a command as it is, and what it does behind or below it.
func (d Delivery) writeStep(b *strings.Builder, n int, step plan.Step) {
	const indent = "     "
	lines := strings.Split(redact.VisibleLines(step.Command), "\n")
	what := redact.Visible(step.What)
	for i, line := range lines {
		lead := indent
		if i == 0 {
			lead = fmt.Sprintf("  %d  ", n)
		}
		b.WriteString(lead + d.paint(command, line))
		if len(lines) == 1 && ansi.StringWidth(indent+line+"  # "+what) <= d.width() {
			b.WriteString("  " + d.paint(dim, "# "+what))
			what = ""
		}
		b.WriteString("\n")
	}
	comments := []string{what}
	if step.Kind == plan.Install {
		comments = append(comments, redact.Visible(step.Note))
	}
	for _, text := range comments {
		for _, line := range report.Wrap(text, d.width()-len(indent)-2) {
			if line != "" {
				b.WriteString(indent + d.paint(dim, "# "+line) + "\n")
			}
		}
	}
}

// hasAnswers reports whether answers.yaml holds the answers of these files.
func (d Delivery) hasAnswers() bool {
	return slices.ContainsFunc(d.Files, func(f File) bool { return f.Name == answersFile && (f.Writes() || f.Unchanged()) })
}

// stepsCommand returns the command that prints all steps.
func (d Delivery) stepsCommand() string {
	if d.Folder == "." || d.Folder == "" {
		return "conductor-registry steps"
	}
	return "conductor-registry steps --answers " + shell.Quote(filepath.Join(d.Folder, answersFile)) + " --out " +
		shell.Quote(d.Folder)
}

// The styles of the final message, as parameters of the escape sequence SGR.
const (
	good    = "32"
	dim     = "2"
	command = "1"
)

func (d Delivery) paint(style, text string) string {
	if !d.Colour {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[m"
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

// runsSkippedScript reports whether a step runs a script that was not written, because it was only offered or cannot be
// read.
func (d Delivery) runsSkippedScript(step plan.Step) bool {
	return slices.ContainsFunc(d.Files, func(f File) bool {
		return f.Name == step.Runs && !f.Writes() && (f.Offered || f.Err != nil)
	})
}

// wasKept reports whether an environment's values file differs from the plan, or cannot be read, and was not replaced.
func (d Delivery) wasKept(env *plan.Environment) bool {
	return slices.ContainsFunc(d.Files, func(f File) bool {
		return f.Name == env.FileName("values") && (f.Differs() && !f.Overwrite || f.Err != nil)
	})
}

// resolutionOnDisk returns what an environment's values file gives as it is on disk, and a remark when it was kept.
func (d Delivery) resolutionOnDisk(e *plan.Environment) (r *chart.Resolution, remark string) {
	for _, f := range d.Files {
		if f.Name != e.FileName("values") || f.Err != nil || !d.wasKept(e) {
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

// filesText lists the files that were written, with their backups, those that were kept, and those that cannot be read.
func (d Delivery) filesText() string {
	var written, kept, unreadable []string
	for _, f := range d.Files {
		switch {
		case f.Err != nil:
			unreadable = append(unreadable, f.Name)
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
	case len(kept)+len(unreadable) > 0:
		lines[0] = "Nothing was written."
	}
	if len(unreadable) > 0 {
		lines = append(lines, "Not written, because it cannot be read: "+model.List(unreadable)+".")
	}
	if len(kept) > 0 {
		lines = append(lines, "Kept: "+model.List(kept)+".")
	}
	if slices.Contains(kept, answersFile) {
		lines = append(lines, "The answers.yaml that was kept does not give these files.")
	}
	return strings.Join(append(lines, d.stdoutText()...), "\n")
}

// stdoutText returns a line about a redirected standard output; none when it is a terminal.
func (d Delivery) stdoutText() []string {
	switch {
	case d.ToStdout():
		return []string{"The values went to standard output; the commands call that file " +
			d.Plan.Environments[0].FileName("values") + "."}
	case d.Redirected:
		return []string{"Nothing went to standard output: it can hold one environment only."}
	}
	return nil
}
