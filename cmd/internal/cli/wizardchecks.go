package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	specs "github.com/opencontainers/image-spec/specs-go/v1"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/ui/session"
	"conductor-registry/verify"
	"conductor-registry/verify/helm"
	"conductor-registry/verify/images"
)

// helmChecker returns the wizard's check with the real helm: it renders the chart of the flags with the values to be
// written, and with placeholders for the files that an installation adds.
func helmChecker(
	ctx context.Context, program *helm.Helm, profile *chart.Profile, flags valueFlags,
) func([]byte) session.Verdict {
	return func(data []byte) session.Verdict {
		written := values.Source{Name: "values.yaml", Data: data, Under: flags.under}
		sources := slices.Concat(profile.Install.BaseValues(), []values.Source{written})
		merged, err := values.Load(sources...)
		if err != nil {
			return session.Verdict{Program: "helm", Failed: err.Error()}
		}
		request := flags.request(sources, merged)
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

// wizardProbe returns the check of the wizard's review: it asks with the docker config of this machine.
func wizardProbe(ctx context.Context, o images.Options) func(refs []string) []session.Probed {
	return func(refs []string) []session.Probed {
		ctx, done := context.WithTimeout(ctx, defaultTimeout)
		defer done()
		results, err := images.Run(ctx, refs, images.DockerConfig(), o)
		if err != nil { // the wizard was left
			return nil
		}
		var out []session.Probed
		for _, r := range results {
			p := session.Probed{Image: r.Image, Found: r.Found, Summary: summaryOf(r), Nearest: r.Nearest,
				Problems: append(model.Problems{}, r.Problems...)}
			for _, problem := range r.Problems {
				p.Failed = cmp.Or(p.Failed, string(images.FailedPart(problem.Rule)))
			}
			out = append(out, p)
		}
		return out
	}
}

// wizardProbeOptions returns the options of that check: the wizard does not know the nodes' platforms.
func wizardProbeOptions() images.Options {
	platform, _ := images.ParsePlatform(defaultPlatform) // a constant that parses
	return images.Options{Platforms: []specs.Platform{platform}}
}

// summaryOf returns an image's platforms, sizes and the start of its digest.
func summaryOf(r images.Result) string {
	const shown = len("sha256:") + 12
	digest := r.Digest[:min(shown, len(r.Digest))]
	return strings.Trim(sizedPlatforms(r.Platforms)+", "+digest, ", ")
}
