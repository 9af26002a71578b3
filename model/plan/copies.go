package plan

import (
	"slices"

	"conductor-registry/model/image"
)

// copies returns the command that copies Orkes's images to where the pods pull from, for a values file as a shell reads
// it; images pulled from Orkes need none.
func (e *Environment) copies(values string) []Step {
	if !slices.ContainsFunc(e.Components, e.needsCopy) {
		return nil
	}
	return []Step{{Kind: CopyImages, Command: "conductor-registry mirror -f " + values + " " + e.chartFlags(),
		What: "copies Orkes's images unless they are there already; run docker login for both registries first",
		Note: "--list prints what must exist in the registry first"}}
}

// needsCopy reports whether the image of a component has to be copied: a cache copies at the first pull.
func (e *Environment) needsCopy(c Component) bool {
	return e.Profile.DefaultImage(c.Name) != "" && !e.isOrkes(c) && !c.isCached()
}

// isCached reports whether a component is pulled through a cache of another registry.
func (c Component) isCached() bool { return c.Location.Fields["cacheOf"] != "" }

// isOrkes reports whether a component runs Orkes's own image, which the chart names by default.
func (e *Environment) isOrkes(c Component) bool {
	return image.WithHost(c.FullName()) == image.WithHost(e.Profile.DefaultImage(c.Name))
}
