package session

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/plan"
)

// Probed is what a registry says of one image.
type Probed struct {
	Image    string
	Found    bool
	Says     string         // what it is when it is found: its digest and platforms
	Problems model.Problems // why it can't be pulled, and what is to be known of it
}

// Images are those of all environments, each once.
func Images(p *plan.Plan) []string {
	var out []string
	for _, env := range p.Environments {
		for _, c := range env.Components {
			if image := Image(env.Resolution, c.Name); env.Resolution.Error == nil && !slices.Contains(out, image) {
				out = append(out, image)
			}
		}
	}
	return out
}
