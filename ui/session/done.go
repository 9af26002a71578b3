package session

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
	"conductor-registry/model/shell"
	"conductor-registry/ui/report"
)

// proseWidth is the widest line of a final message in cells.
const proseWidth = 97

// Done returns the final message, which stays in the terminal's scrollback: the files, the images and the commands to run
// next. The command steps lists all steps.
func (d *Delivery) Done() string {
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

// writeNext writes the steps that bring the files to the cluster, without those that can be left out.
func (d *Delivery) writeNext(b *strings.Builder) {
	for _, env := range d.Plan.Environments {
		if d.wasKept(env) {
			d.write(b, "\n"+redact.Visible(env.FileName("values"))+" was kept and does not match these answers. To change "+
				"only our keys in it, answer again and choose merge at the end.")
		}
	}
	n, title := 0, ""
	for _, step := range d.Next() {
		if !step.Short {
			continue
		}
		if step.Title != title {
			title = step.Title
			fmt.Fprintf(b, "\n%s\n", title)
		}
		n++
		d.writeStep(b, n, step)
	}
	if all := d.AllSteps(); all != "" {
		d.write(b, "\n"+all)
	}
}

// writeStep writes a command as it can be pasted, and what it does behind or below it. A step that was run has its
// result before it.
func (d *Delivery) writeStep(b *strings.Builder, n int, step NextStep) {
	const indent = "     "
	lines := []string{redact.Visible(step.Command)}
	if d.Width > 0 || strings.Contains(step.Command, "\n") {
		lines = each(shell.Lines(step.Command, d.width()-len(indent)), redact.Visible)
	}
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
	if result, ran := d.Results[step.ID()]; ran {
		fmt.Fprintln(b, indent+d.paint(map[bool]string{true: good, false: bad}[result.OK], "# "+result.Text))
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

// each returns the results of a function for every text.
func each(texts []string, f func(string) string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = f(text)
	}
	return out
}

// The styles of the final message, as parameters of the escape sequence SGR.
const (
	good    = "32"
	bad     = "31"
	dim     = "2"
	command = "1"
)

func (d *Delivery) paint(style, text string) string {
	if !d.Colour {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[m"
}

// width returns the cells that a line of the final message may take.
func (d *Delivery) width() int {
	if d.Width == 0 {
		return proseWidth
	}
	return max(40, min(proseWidth, d.Width-1))
}

// write writes paragraphs, wrapped.
func (d *Delivery) write(w io.Writer, text string) {
	for paragraph := range strings.SplitSeq(text, "\n") {
		for _, line := range report.Wrap(paragraph, d.width()) {
			fmt.Fprintln(w, line)
		}
	}
}
