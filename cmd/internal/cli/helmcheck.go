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

// helmChecker returns the wizard's check with the real helm: it renders the chart at path with the values to be written,
// and with placeholders for the files that an installation adds.
func helmChecker(
	ctx context.Context, program *helm.Helm, profile *chart.Profile, path string,
) func([]byte) session.Verdict {
	return func(data []byte) session.Verdict {
		sources := append(placeholders(profile), values.Source{Name: "values.yaml", Data: data})
		merged, err := values.Load(sources...)
		if err != nil {
			return session.Verdict{Program: "helm", Failed: err.Error()}
		}
		request := (&valueFlags{chart: chartFlags{path: path}}).request(sources)
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
					valueText(f.Rendered))))
			}
		}
		return out
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
