package report

import (
	"fmt"
	"io"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/lint"
)

// GitHub prints findings as workflow commands, which GitHub shows as annotations on the lines of a change
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
func GitHub(w io.Writer, findings []lint.Finding) error {
	level := map[model.Severity]string{model.Error: "error", model.Warning: "warning", model.Info: "notice"}
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range findings {
		at := ""
		if f.File != "" {
			at = fmt.Sprintf("file=%s,line=%d,", property.Replace(f.File), max(1, f.Line))
		}
		_, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", level[f.Severity], at, property.Replace(f.Rule),
			data.Replace(sentence(f)))
		if err != nil {
			return err
		}
	}
	return nil
}

// sentence returns a finding as one paragraph: summary, why, fix.
func sentence(f lint.Finding) string {
	out := f.Summary + "."
	if f.Why != "" {
		out += " Why: " + f.Why + "."
	}
	if f.Fix != "" {
		out += " Fix: " + strings.TrimSuffix(f.Fix, "?") + "."
	}
	return out
}
