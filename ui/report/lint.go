package report

import (
	"fmt"
	"io"
	"strings"

	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// Lint prints findings for people: place, what, the line itself, why and how to mend it. Sources are the files, for
// their lines.
func Lint(w io.Writer, findings []lint.Finding, sources []values.Source) error {
	var b strings.Builder
	for i, f := range findings {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s%s: %s [%s]\n", place(f), f.Severity, f.Summary, f.Rule)
		if line := lineOf(f, sources); line != "" {
			fmt.Fprintf(&b, "%6d | %s\n", f.Line, line)
		}
		for _, text := range []struct{ label, text string }{{"why", f.Why}, {"fix", f.Fix}} {
			label := text.label + ":"
			for _, line := range Wrap(text.text, pageWidth-lintIndent) {
				fmt.Fprintf(&b, "%*s %s\n", lintIndent-1, label, line)
				label = ""
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// lintIndent is where the texts below a finding begin: behind the longest label and its blank.
const lintIndent = 13

// place is FILE:LINE: as editors take it, or where else a value comes from.
func place(f lint.Finding) string {
	switch {
	case f.File == "":
		return "--set " + f.Path + ": "
	case f.Line == 0:
		return f.File + ": "
	}
	return fmt.Sprintf("%s:%d: ", f.File, f.Line)
}

func lineOf(f lint.Finding, sources []values.Source) string {
	for _, s := range sources {
		if s.Name == f.File {
			return lint.Line(s, f.Line)
		}
	}
	return ""
}
