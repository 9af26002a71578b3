package plan

import (
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/secret"
)

// copies bring Orkes's own images to where the pods pull from; there is nothing to do for those that stay at Orkes's.
func (e *Environment) copies() []Step {
	var commands []string
	own := ownImages(e.Profile)
	for _, c := range e.Components {
		source, target := own[c.Name], c.FullName()
		if source == "" || e.isOwn(c) {
			continue
		}
		tag, _, _ := strings.Cut(c.Tag, "@") // what is pushed has a tag, and its digest follows
		from := c.Tag
		if image.Moves(tag) { // a tag of the target's, such as production
			from = e.Profile.AppVersion
		}
		command := "docker buildx imagetools create --tag " + secret.Quote(target+":"+tag) + " " +
			secret.Quote(source+":"+from)
		if !slices.Contains(commands, command) {
			commands = append(commands, command)
		}
	}
	if len(commands) == 0 {
		return nil
	}
	return []Step{{Command: strings.Join(commands, " && "),
		What: "copies Orkes's images, if they are not there yet; docker login to both first"}}
}

// isOwn tells whether a component runs the image that the chart comes with, Orkes's own.
func (e *Environment) isOwn(c Component) bool {
	return withHost(c.FullName()) == withHost(ownImages(e.Profile)[c.Name])
}

// withHost is an image name with the host that one without means.
func withHost(name string) string {
	host := image.Host(name)
	return host + "/" + strings.TrimPrefix(name, host+"/")
}

// ownImages are the images that the chart gives its pods when it is told nothing, without tags, by component.
func ownImages(p *chart.Profile) map[string]string {
	stand, _ := p.Install.StandIn()
	values, err := chart.Load(stand)
	if err != nil {
		return nil
	}
	out := map[string]string{}
	for name, c := range p.Resolve(values).Components {
		out[name] = strings.TrimSuffix(c.Image, ":"+p.AppVersion)
	}
	return out
}
