package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// Lint prints findings, each with its source line with secrets masked. Sources are the files.
func Lint(w io.Writer, findings []lint.Finding, sources []values.Source) error {
	var b strings.Builder
	for i, f := range findings {
		if i > 0 {
			b.WriteString("\n")
		}
		if f.File == "" && f.Path != "" { // neither a file nor the values as a whole
			f.File = "--set"
		}
		lines := Problem(f.Problem)
		if text := sourceLine(f, sources); text != "" {
			lines = slices.Insert(lines, 1, fmt.Sprintf("%6d | %s", f.Line, text))
		}
		b.WriteString(strings.Join(lines, "\n") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func sourceLine(f lint.Finding, sources []values.Source) string {
	for _, s := range sources {
		if s.Name == f.File {
			return lint.Line(s, f.Line)
		}
	}
	return ""
}
