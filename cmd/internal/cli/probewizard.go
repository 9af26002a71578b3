package cli

import (
	"context"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"conductor-registry/model"
	"conductor-registry/ui/session"
	"conductor-registry/verify/images"
)

// registries ask for images on behalf of the wizard, with what docker login left on this machine.
func registries(ctx context.Context, o images.Options) func(refs []string) []session.Probed {
	return func(refs []string) []session.Probed {
		ctx, done := context.WithTimeout(ctx, defaultTimeout)
		defer done()
		results, err := images.Run(ctx, refs, images.DockerConfig(), o)
		if err != nil { // the wizard is left
			return nil
		}
		var out []session.Probed
		for _, r := range results {
			out = append(out, session.Probed{Image: r.Image, Found: r.Found, Says: brief(r),
				Problems: append(model.Problems{}, r.Problems...)})
		}
		return out
	}
}

// usual are the options of a wizard that was told nothing of the nodes.
func usual() images.Options {
	platform, _ := images.ParsePlatform(usualPlatform) // which is one
	return images.Options{Platforms: []v1.Platform{platform}}
}

// brief is a found image in a line: platforms, size and the beginning of its digest.
func brief(r images.Result) string {
	const begin = len("sha256:") + 12
	digest := r.Digest
	if len(digest) > begin {
		digest = digest[:begin]
	}
	return strings.Trim(sized(r.Platforms)+", "+digest, ", ")
}
