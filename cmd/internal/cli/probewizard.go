package cli

import (
	"context"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"conductor-registry/model"
	"conductor-registry/ui/delivery"
	"conductor-registry/verify/probe"
)

// registries ask for images on behalf of the wizard, with what docker login left on this machine.
func registries(ctx context.Context, o probe.Options) func(images []string) []delivery.Probed {
	return func(images []string) []delivery.Probed {
		ctx, done := context.WithTimeout(ctx, defaultTimeout)
		defer done()
		results, err := probe.Run(ctx, images, probe.DockerConfig(), o)
		if err != nil { // the wizard is left
			return nil
		}
		var out []delivery.Probed
		for _, r := range results {
			out = append(out, delivery.Probed{Image: r.Image, Found: r.Found, Says: brief(r),
				Problems: append(model.Problems{}, r.Problems...)})
		}
		return out
	}
}

// usual are the options of a wizard that was told nothing of the nodes.
func usual() probe.Options {
	platform, _ := probe.ParsePlatform(usualPlatform) // which is one
	return probe.Options{Platforms: []v1.Platform{platform}}
}

// brief is a found image in a line: platforms, size and the beginning of its digest.
func brief(r probe.Result) string {
	const begin = len("sha256:") + 12
	digest := r.Digest
	if len(digest) > begin {
		digest = digest[:begin]
	}
	return strings.Trim(sized(r.Platforms)+", "+digest, ", ")
}
