package session

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/plan"
)

// Probed holds what a registry reported about one image.
type Probed struct {
	Image    string
	Found    bool
	Summary  string         // digest and platforms of an image that was found
	Failed   string         // the part of the name that does not exist: "host", "repository" or "tag"; "" for none
	Nearest  string         // an existing tag like the one that does not exist; "" for none
	Problems model.Problems // why the image cannot be pulled, and warnings
}

// Images returns the images of all environments, each once.
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
