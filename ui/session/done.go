package session

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/ui/report"
)

// Done is what is said on the normal screen when all is written, so that it stays in the scrollback: the files, the
// commands to go on with, and the images.
func (d Delivery) Done() string {
	var b strings.Builder
	d.say(&b, "", d.wroteLine())
	d.next(&b)
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

// next are the commands to go on with, for the last environment; the others go the same way. There are none for values
// that were kept: they are not what was answered.
func (d Delivery) next(b *strings.Builder) {
	last := len(d.Plan.Environments) - 1
	env := d.Plan.Environments[last]
	if d.kept(env) {
		d.say(b, "", "\nThe "+env.FileName("values")+" that was kept is not what was answered. To have it replaced, "+
			"answer again and press space on it at the end.")
		return
	}
	title := "\nNext:\n"
	if env.Name != "" {
		title = "\nNext, for " + env.Name + ":\n"
	}
	b.WriteString(title)
	n := 0
	for _, step := range env.Steps(d.Folder) {
		if d.leftOut(step) {
			continue
		}
		n++
		lines := strings.Split(step.Command, "\n")
		fmt.Fprintf(b, "  %d  %s\n", n, strings.Join(lines, "\n     "))
		d.say(b, "       ", step.What)
		d.say(b, "       ", step.Note)
	}
	var others []string
	for _, other := range d.Plan.Environments[:last] {
		others = append(others, other.Name)
	}
	if len(others) > 0 {
		d.say(b, "", "\nFor "+model.List(others)+" the same, with the files of that name.")
	}
}

// say writes a text on lines that fit, each behind lead; nothing for none.
func (d Delivery) say(b *strings.Builder, lead, text string) {
	width := 97
	if d.Width > 0 {
		width = min(width, d.Width-1)
	}
	for paragraph := range strings.Lines(text) {
		if strings.TrimSpace(paragraph) == "" {
			b.WriteString("\n")
			continue
		}
		for _, line := range report.Wrap(paragraph, max(20, width-len(lead))) {
			b.WriteString(lead + line + "\n")
		}
	}
}

// leftOut tells whether a step runs a script that was offered and not taken.
func (d Delivery) leftOut(step plan.Step) bool {
	return slices.ContainsFunc(d.Files, func(f File) bool { return f.Offered && !f.Writes() && f.Name == step.Runs })
}

// kept tells whether an environment's values stayed as they were, and are others.
func (d Delivery) kept(env *plan.Environment) bool {
	return slices.ContainsFunc(d.Files, func(f File) bool {
		return f.Name == env.FileName("values") && f.Differs() && !f.Overwrite
	})
}

// inForce is what an environment's values give as they are on disk now: where the old file was kept, what that gives.
func (d Delivery) inForce(e *plan.Environment) (r *chart.Resolution, remark string) {
	for _, f := range d.Files {
		if f.Name != e.FileName("values") || !d.kept(e) {
			continue
		}
		if values, err := values.Load(values.Source{Name: f.Name, Data: f.Old}); err == nil {
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
		case f.Differs():
			kept = append(kept, f.Name)
		}
	}
	line := "Nothing was written: all files are there already."
	switch {
	case len(wrote) > 0 && d.Folder != "." && d.Folder != "":
		line = "Wrote " + model.List(wrote) + " in " + d.Folder + "."
	case len(wrote) > 0:
		line = "Wrote " + model.List(wrote) + "."
	case len(kept) > 0:
		line = "Nothing was written."
	}
	if len(kept) > 0 {
		line += "\nKept as it was: " + model.List(kept) + "."
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
