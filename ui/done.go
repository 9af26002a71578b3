package ui

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Done is what is said on the normal screen when all is written, so that it stays in the scrollback: the files, the
// commands to go on with, and the images.
func (m *Model) Done(chartPath string) string {
	var b strings.Builder
	b.WriteString(m.wroteLine() + "\n")
	env := m.plan.Environments[len(m.plan.Environments)-1]
	if env.Name == "" {
		b.WriteString("\nNext:\n")
	} else {
		fmt.Fprintf(&b, "\nNext, for %s:\n", env.Name)
	}
	for i, step := range env.Steps(chartPath) {
		fmt.Fprintf(&b, "  %d  %s\n       %s\n", i+1, step.Command, step.What)
		if step.Why != "" {
			fmt.Fprintf(&b, "       %s\n", step.Why)
		}
	}
	b.WriteString("\nImages:\n")
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, e := range m.plan.Environments {
		for _, c := range e.Components {
			fmt.Fprintf(t, "  %s\t%s\n", strings.TrimSpace(c.Name+" "+e.Name), e.Resolution.Components[c.Name].Image)
		}
	}
	_ = t.Flush() // into memory: it can't fail
	return b.String()
}

// wroteLine lists the files: those written, with what was kept of the old ones, and those left alone.
func (m *Model) wroteLine() string {
	var wrote, kept []string
	for _, f := range m.review.files {
		switch {
		case f.writes() && f.old != nil:
			wrote = append(wrote, fmt.Sprintf("%s (the old one is %s.bak)", f.Name, f.Name))
		case f.writes():
			wrote = append(wrote, f.Name)
		case !f.unchanged():
			kept = append(kept, f.Name)
		}
	}
	line := "Nothing was written: all files are there already."
	if len(wrote) > 0 {
		line = "Wrote " + list(wrote) + "."
	}
	if len(kept) > 0 {
		line += "\nKept as it was: " + list(kept) + ". What follows speaks of the new one."
	}
	return line
}

func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// StdoutValues is the values file for a redirected standard output; nil when the values went to files.
func (m *Model) StdoutValues() []byte {
	if !m.toStdout() {
		return nil
	}
	return m.plan.Environments[0].Values
}

// toStdout tells whether the values go to standard output: only one file can.
func (m *Model) toStdout() bool { return m.options.ValuesToStdout && len(m.plan.Environments) == 1 }
