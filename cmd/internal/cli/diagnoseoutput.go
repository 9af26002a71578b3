package cli

import (
	"fmt"
	"io"
	"strings"

	"conductor-registry/model/diagnose"
	"conductor-registry/model/secret"
	"conductor-registry/ui/report"
	"conductor-registry/ui/session"
)

// diagnosed is the JSON output of diagnose.
type diagnosed struct {
	FormatVersion string             `json:"formatVersion"`
	Context       string             `json:"context,omitempty"`
	Namespace     string             `json:"namespace"`            // the first one
	Namespaces    []string           `json:"namespaces,omitempty"` // all, when there are several
	Release       string             `json:"release,omitempty"`
	Pods          []string           `json:"pods"`
	Problems      []diagnose.Finding `json:"problems"`
	LeftOut       []string           `json:"leftOut"`            // what could not be read
	PullTest      []string           `json:"pullTest,omitempty"` // commands that test a pull
}

func diagnosedJSON(r *diagnose.Report) diagnosed {
	out := diagnosed{FormatVersion: formatVersion, Context: r.Context, Namespace: r.Namespaces[0], Release: r.Release,
		Pods: append([]string{}, r.Pods...), Problems: append([]diagnose.Finding{}, r.Findings...),
		LeftOut: append([]string{}, r.LeftOut...)}
	if len(r.Namespaces) > 1 {
		out.Namespaces = r.Namespaces
	}
	if r.Test != nil {
		out.PullTest = secret.PullTestCommands(*r.Test)
	}
	return out
}

// The indent of the texts below a finding, and their width.
const (
	diagnoseIndent = 8
	diagnoseWidth  = 100
)

// printDiagnosed prints each cause once, with the pods that have it and the steps to fix it in order.
func printDiagnosed(w io.Writer, r *diagnose.Report) error {
	var b strings.Builder
	printf(&b, "%s: %s\n", strings.Join(r.Namespaces, ", "), diagnoseVerdict(r))
	for i := range r.Findings {
		printDiagnosis(&b, &r.Findings[i], len(r.Namespaces) > 1)
	}
	if len(r.LeftOut) > 0 {
		b.WriteString("\nnot checked:\n")
		for _, text := range r.LeftOut {
			paragraph(&b, "  ", text)
		}
	}
	if r.Test != nil {
		b.WriteString("\nThen test a pull on a node, without helm; it works when the events contain Pulled:\n")
		for _, command := range secret.PullTestCommands(*r.Test) {
			printf(&b, "  %s\n", command)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// diagnoseVerdict returns the result in one line.
func diagnoseVerdict(r *diagnose.Report) string {
	checked := session.Count(len(r.Pods), "pod") + " checked"
	switch {
	case !r.Wrong():
		return checked + ", no problems with their images"
	case len(r.Findings) == 1:
		return checked + ", 1 cause found"
	}
	return fmt.Sprintf("%s, %d causes found, most important first", checked, len(r.Findings))
}

// printDiagnosis prints a cause, with its namespace when there are several.
func printDiagnosis(b *strings.Builder, f *diagnose.Finding, withNamespace bool) {
	printf(b, "\n%s: %s [%s]\n", f.Severity, f.Summary, f.Rule)
	if withNamespace {
		labelled(b, "in", "namespace "+f.Namespace)
	}
	labelled(b, "at", strings.Join(f.Objects, ", "))
	labelled(b, "image", strings.Join(f.Images, ", "))
	if !strings.Contains(f.Why, f.Brief()) {
		labelled(b, "error", f.Brief())
	}
	labelled(b, "why", f.Why)
	label := "fix:"
	for i, step := range f.Steps {
		paragraph(b, fmt.Sprintf("%*s %d. ", diagnoseIndent+1, label, i+1), step.What)
		for _, command := range step.Commands {
			printf(b, "%*s%s\n", diagnoseIndent+5, "", command)
		}
		label = ""
	}
}

// labelled prints a text behind its label; nothing for an empty text.
func labelled(b *strings.Builder, label, text string) {
	if text == "" {
		return
	}
	paragraph(b, fmt.Sprintf("%*s ", diagnoseIndent+1, label+":"), text)
}

// paragraph prints a text behind a start, wrapped, with further lines below the text.
func paragraph(b *strings.Builder, start, text string) {
	for _, line := range report.Wrap(text, diagnoseWidth-len(start)) {
		b.WriteString(strings.TrimRight(start+line, " ") + "\n")
		start = strings.Repeat(" ", len(start))
	}
}
