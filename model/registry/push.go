package registry

import "maps"

// Push says what pushing images to a registry needs.
type Push struct {
	Login  []string      `doc:"templates of commands that log in for pushing; docker login {host} by default"`
	Access string        `doc:"the permission that the login needs, at most 90 characters"`
	Before []Requirement `doc:"what must exist before the first push"`
	After  []Requirement `doc:"what to set after the first push, such as who can pull"`
}

// Requirement is something that must exist or be set for an image.
type Requirement struct {
	What     string   `doc:"template of what it is, at most 110 characters" required:"true"`
	Commands []string `doc:"templates of commands that create or set it, or the page that does"`
	When     When     `doc:"the fields' answers for which it applies"`
}

// PushFor returns what pushing an image to a location needs, with all templates expanded. Image has its {repository}
// below the registry, its {tag} and its {image}; a field of the preset called repository counts more.
func (p *Preset) PushFor(at Location, image map[string]string) Push {
	if _, own := p.Field("repository"); own {
		image = maps.Clone(image)
		delete(image, "repository")
	}
	expand := func(templates []string) (out []string) {
		for _, template := range templates {
			out = append(out, p.Expand(template, at, image))
		}
		return out
	}
	all := func(requirements []Requirement) (out []Requirement) {
		for _, r := range matching(requirements, at.Fields, func(r Requirement) When { return r.When }) {
			out = append(out, Requirement{What: p.Expand(r.What, at, image), Commands: expand(r.Commands)})
		}
		return out
	}
	login := p.Push.Login
	if len(login) == 0 {
		login = []string{"docker login {host}"}
	}
	return Push{Login: expand(login), Access: p.Push.Access, Before: all(p.Push.Before), After: all(p.Push.After)}
}
