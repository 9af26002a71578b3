package cli

import (
	"context"
	"fmt"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/ui/session"
	"conductor-registry/verify"
	"conductor-registry/verify/helm"
)

// oracle is the real helm for the wizard: what it renders of a chart with the values that would be written. Files that
// an installation adds are stood in for.
func oracle(
	ctx context.Context, program *helm.Helm, profile *chart.Profile, path string,
) func([]byte) session.Verdict {
	return func(loaded []byte) session.Verdict {
		sources := append(standIn(profile), values.Source{Name: "values.yaml", Data: loaded})
		merged, err := values.Load(sources...)
		if err != nil {
			return session.Verdict{Program: "helm", Failed: err.Error()}
		}
		request := (&valueFlags{path: path}).request(sources)
		report, err := verify.Run(ctx, program, profile, profile.Resolve(merged), request)
		if err != nil {
			return session.Verdict{Program: "helm", Failed: firstLine(err.Error())}
		}
		out := session.Verdict{Program: "helm " + report.Helm}
		if report.Refusals != nil && report.Refusals.Helm != nil {
			out.Failed = firstLine(report.Refusals.Helm.Message)
		}
		for _, f := range report.Fields {
			if !f.Agrees {
				out.Differs = append(out.Differs, strings.TrimSpace(fmt.Sprintf("%s %s: %s", f.Component, f.Name,
					spoken(f.Rendered))))
			}
		}
		return out
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
