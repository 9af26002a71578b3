package plan

import (
	"cmp"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
	"conductor-registry/model/shell"
)

// copies bring Orkes's own images to where the pods pull from; there is nothing to do for those that stay at Orkes's.
func (e *Environment) copies() []Step {
	var commands []string
	for _, c := range e.Components {
		source, target := e.Profile.DefaultImage(c.Name), c.FullName()
		if source == "" || e.isOwn(c) {
			continue
		}
		tag, _, _ := strings.Cut(c.Tag, "@") // what is pushed has a tag, and its digest follows
		from := c.Tag
		if image.IsMutableTag(tag) { // a tag of the target's, such as production
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
	return []Step{{Command: strings.Join(commands, " &&\n"),
		What: "copies Orkes's images, if they are not there yet; docker login to both first"}}
}

// isOwn tells whether a component runs the image that the chart comes with, Orkes's own.
func (e *Environment) isOwn(c Component) bool {
	return image.WithHost(c.FullName()) == image.WithHost(e.Profile.DefaultImage(c.Name))
}

// judgeImages says which images stay Orkes's own: a registry that they are in already is not asked for a place in it.
func (e *Environment) judgeImages(at locate) model.Problems {
	var own []string
	var first string // component
	for _, c := range e.Components {
		if e.isOwn(c) {
			own, first = append(own, c.FullName()), cmp.Or(first, c.Name)
		}
	}
	if len(own) == 0 {
		return nil
	}
	return model.Problems{at(model.Problem{Rule: "orkes-images", Severity: model.Info,
		Summary: "pods pull from Orkes's own place: " + strings.Join(own, " and "),
		Fix:     "if you have copies, answer the images' questions with their names, such as NAMESPACE/NAME"},
		first, "repository")}
}
