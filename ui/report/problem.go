package report

import (
	"fmt"
	"io"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/redact"
)

// Problem returns the lines that every command prints for a problem: `FILE:LINE: severity: summary [rule]`, then why and
// fix, indented and wrapped.
func Problem(p model.Problem) []string {
	first := redact.Visible(fmt.Sprintf("%s%s: %s [%s]", p.Place(), p.Severity, p.Statement(), p.Rule))
	lines := []string{first}
	for _, text := range []struct{ label, text string }{{"why:", p.Why}, {"fix:", p.Fix}} {
		if text.text == "" {
			continue
		}
		label := text.label
		for _, line := range Wrap(text.text, pageWidth-problemIndent) {
			lines = append(lines, fmt.Sprintf("%*s %s", problemIndent-1, label, line))
			label = ""
		}
	}
	return lines
}

// Problems prints problems one below the other.
func Problems(w io.Writer, problems model.Problems) error {
	for _, p := range problems {
		if _, err := fmt.Fprintln(w, strings.Join(Problem(p), "\n")); err != nil {
			return err
		}
	}
	return nil
}

// problemIndent is the column of the texts below a problem: they are aligned with lint's source lines.
const problemIndent = 13
