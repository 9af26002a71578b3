package plan

import (
	"slices"
	"strings"

	"conductor-registry/model/image"
	"conductor-registry/model/shell"
)

// copies returns the commands that copy Orkes's images to where the pods pull from; images pulled from Orkes need none.
func (e *Environment) copies() []Step {
	var commands []string
	for _, c := range e.Components {
		source, target := e.Profile.DefaultImage(c.Name), c.FullName()
		if source == "" || e.isOrkes(c) || c.isCached() { // a cache copies at the first pull
			continue
		}
		tag, _, _ := strings.Cut(c.Tag, "@") // only a tag can be pushed; the copy has the same digest
		from := c.Tag
		if image.IsMutableTag(tag) { // a tag that only the target has, such as production
			from = e.Profile.AppVersion
		}
		command := "docker buildx imagetools create --tag " + shell.Quote(target+":"+tag) + " " +
			shell.Quote(source+":"+from)
		if !slices.Contains(commands, command) {
			commands = append(commands, command)
		}
	}
	if len(commands) == 0 {
		return nil
	}
	return []Step{{Kind: CopyImages, Command: strings.Join(commands, " &&\n"),
		What: "copies Orkes's images unless they are there already; run docker login for both registries first"}}
}

// isCached reports whether a component is pulled through a cache of another registry.
func (c Component) isCached() bool { return c.Location.Fields["cacheOf"] != "" }

// isOrkes reports whether a component runs Orkes's own image, which the chart names by default.
func (e *Environment) isOrkes(c Component) bool {
	return image.WithHost(c.FullName()) == image.WithHost(e.Profile.DefaultImage(c.Name))
}
