package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"conductor-registry/model/diagnose"
	"conductor-registry/model/secret"
	"conductor-registry/ui/report"
)

// diagnosed is the report as JSON.
type diagnosed struct {
	FormatVersion string             `json:"formatVersion"`
	Context       string             `json:"context,omitempty"`
	Namespace     string             `json:"namespace"`
	Release       string             `json:"release,omitempty"`
	Pods          []string           `json:"pods"`
	Problems      []diagnose.Finding `json:"problems"`
	LeftOut       []string           `json:"leftOut"`            // what could not be looked at
	PullTest      []string           `json:"pullTest,omitempty"` // commands that show whether it is mended
}

func asDiagnosed(r *diagnose.Report) diagnosed {
	out := diagnosed{FormatVersion: formatVersion, Context: r.Context, Namespace: r.Namespace, Release: r.Release,
		Pods: append([]string{}, r.Pods...), Problems: append([]diagnose.Finding{}, r.Findings...),
		LeftOut: append([]string{}, r.LeftOut...)}
	if r.Test != nil {
		out.PullTest = secret.PullTestCommands(*r.Test)
	}
	return out
}

// Where the texts below a finding begin, and how wide they are.
const (
	diagnoseIndent = 8
	diagnoseWidth  = 100
)

// tellDiagnosed prints a report for people: each cause once, all that suffer from it, and what to do in order.
func tellDiagnosed(w io.Writer, r *diagnose.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", r.Namespace, verdict(r))
	for i := range r.Findings {
		tellFinding(&b, &r.Findings[i])
	}
	if len(r.LeftOut) > 0 {
		b.WriteString("\nnot looked at:\n")
		for _, text := range r.LeftOut {
			paragraph(&b, "  ", text)
		}
	}
	if r.Test != nil {
		b.WriteString("\nthen see whether a node can pull, without helm; Pulled in the events says that it can:\n")
		for _, command := range secret.PullTestCommands(*r.Test) {
			b.WriteString("  " + command + "\n")
		}
	}
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

// printable drops what a cluster may say to a terminal rather than to a reader.
func printable(c rune) rune {
	if unicode.IsControl(c) && c != '\n' {
		return -1
	}
	return c
}

// verdict is all of it in one line.
func verdict(r *diagnose.Report) string {
	looked := fmt.Sprintf("%d pods looked at", len(r.Pods))
	if len(r.Pods) == 1 {
		looked = "1 pod looked at"
	}
	switch {
	case !r.Wrong():
		return looked + ", nothing is wrong with their images"
	case len(r.Findings) == 1:
		return looked + ", 1 cause found"
	}
	return fmt.Sprintf("%s, %d causes found, first the one to look at first", looked, len(r.Findings))
}

func tellFinding(b *strings.Builder, f *diagnose.Finding) {
	fmt.Fprintf(b, "\n%s: %s [%s]\n", f.Severity, f.Summary, f.Rule)
	labelled(b, "at", strings.Join(f.Objects, ", "))
	labelled(b, "image", strings.Join(f.Images, ", "))
	if !strings.Contains(f.Why, f.Brief()) {
		labelled(b, "said", f.Brief())
	}
	labelled(b, "why", f.Why)
	label := "try:"
	for i, step := range f.Steps {
		paragraph(b, fmt.Sprintf("%*s %d. ", diagnoseIndent+1, label, i+1), step.What)
		for _, command := range step.Commands {
			fmt.Fprintf(b, "%*s%s\n", diagnoseIndent+5, "", command)
		}
		label = ""
	}
}

// labelled prints a text behind its label; no text, no line.
func labelled(b *strings.Builder, label, text string) {
	if text == "" {
		return
	}
	paragraph(b, fmt.Sprintf("%*s ", diagnoseIndent+1, label+":"), text)
}

// paragraph prints a text behind a start, and further lines below it.
func paragraph(b *strings.Builder, start, text string) {
	for _, line := range report.Wrap(text, diagnoseWidth-len(start)) {
		b.WriteString(strings.TrimRight(start+line, " ") + "\n")
		start = strings.Repeat(" ", len(start))
	}
}
