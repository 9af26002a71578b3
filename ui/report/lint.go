package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"conductor-registry/model/lint"
	"conductor-registry/model/redact"
	"conductor-registry/model/values"
)

// Lint prints findings, each with its source line with secrets masked. Sources are the files.
func Lint(w io.Writer, findings []lint.Finding, sources []values.Source) error {
	shown := map[string][]string{}
	for _, s := range sources {
		shown[s.Name] = redact.Lines(s.Data)
	}
	var b strings.Builder
	for i, f := range findings {
		if i > 0 {
			b.WriteString("\n")
		}
		if f.File == "" && f.Path != "" { // neither a file nor the values as a whole
			f.File = "--set"
		}
		lines := Problem(f.Problem)
		if text := shown[f.File]; f.Line > 0 && f.Line <= len(text) && text[f.Line-1] != "" {
			line := redact.Visible(text[f.Line-1])
			lines = slices.Insert(lines, 1, fmt.Sprintf("%6d | %s", f.Line, line))
		}
		b.WriteString(strings.Join(lines, "\n") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
