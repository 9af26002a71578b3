package delivery

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/ui/report"
)

// Done is what is said on the normal screen when all is written, so that it stays in the scrollback: the files, the
// commands to go on with, and the images.
func (d Delivery) Done() string {
	var b strings.Builder
	b.WriteString(d.wroteLine() + "\n")
	env := d.Plan.Environments[len(d.Plan.Environments)-1]
	if env.Name == "" {
		b.WriteString("\nNext:\n")
	} else {
		fmt.Fprintf(&b, "\nNext, for %s:\n", env.Name)
	}
	for i, step := range env.Steps(d.Folder) {
		fmt.Fprintf(&b, "  %d  %s\n       %s\n", i+1, strings.ReplaceAll(step.Command, "\n", "\n     "), step.What)
		for _, line := range report.Wrap(step.Note, 90) {
			if line != "" {
				fmt.Fprintf(&b, "       %s\n", line)
			}
		}
	}
	b.WriteString("\nImages:\n")
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, e := range d.Plan.Environments {
		resolution, remark := d.inForce(e)
		for _, c := range e.Components {
			fmt.Fprintf(t, "  %s\t%s%s\n", strings.TrimSpace(c.Name+" "+e.Name), Image(resolution, c.Name), remark)
		}
	}
	_ = t.Flush() // into memory: it can't fail
	return b.String()
}

// inForce is what an environment's values give as they are on disk now: where the old file was kept, what that gives.
func (d Delivery) inForce(e *plan.Environment) (r *chart.Resolution, remark string) {
	for _, f := range d.Files {
		if f.Name != e.FileName("values") || !f.Differs() || f.Overwrite {
			continue
		}
		if values, err := chart.Load(chart.Source{Name: f.Name, Data: f.Old}); err == nil {
			return e.Profile.Resolve(values), "  from the " + f.Name + " that was kept"
		}
	}
	return e.Resolution, ""
}

// Image is the image that a component gets, or why it gets none.
func Image(r *chart.Resolution, component string) string {
	if r.Error != nil {
		return "none: the chart refuses these values"
	}
	return r.Components[component].Image
}

// wroteLine lists the files: those written, with what was kept of the old ones, and those left alone.
func (d Delivery) wroteLine() string {
	var wrote, kept []string
	for _, f := range d.Files {
		switch {
		case f.Writes() && f.Old != nil:
			wrote = append(wrote, fmt.Sprintf("%s (the old one is %s.bak)", f.Name, f.Name))
		case f.Writes():
			wrote = append(wrote, f.Name)
		case !f.Unchanged():
			kept = append(kept, f.Name)
		}
	}
	line := "Nothing was written: all files are there already."
	switch {
	case len(wrote) > 0:
		line = "Wrote " + List(wrote) + "."
	case len(kept) > 0:
		line = "Nothing was written."
	}
	if len(kept) > 0 {
		line += "\nKept as it was: " + List(kept) + "."
		if slices.Contains(kept, "answers.yaml") {
			line += " The answers.yaml that was kept does not give these files."
		}
	}
	switch {
	case d.ToStdout():
		line += "\nThe values went to standard output; the commands call that file " +
			d.Plan.Environments[0].FileName("values") + "."
	case d.Redirected:
		line += "\nStandard output got nothing: it holds one set of values, and there are several."
	}
	return line
}

// List puts words into a sentence: "a, b and c".
func List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
