package cli

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/convert"
	"conductor-registry/model/values"
)

// pinTarget is the file that digests are written to.
type pinTarget struct {
	path  string
	data  []byte
	uses  []imageUse // images by tag, without a digest
	write func([]convert.Pin) convert.Pinned
}

// path returns the file that is written: the answers, or the last values file; "" when only flags give values.
func (c *pinCommand) path() string {
	if c.images.fromAnswers(&c.command) {
		return c.images.answers
	}
	if names := c.images.values.files; len(names) > 0 {
		return names[len(names)-1]
	}
	return ""
}

// target reads the file to pin and the images that it gives.
func (c *pinCommand) target() (*pinTarget, error) {
	in, err := c.images.load(&c.command)
	if err != nil {
		return nil, err
	}
	t := &pinTarget{path: c.path(), uses: in.uses}
	for i := range t.uses { // the registry is asked for the tag
		t.uses[i].image, _, _ = strings.Cut(t.uses[i].image, "@")
	}
	if in.answers != nil {
		t.data = in.answers.data
		t.write = func(pins []convert.Pin) convert.Pinned {
			return c.verified(convert.PinAnswers(values.Source{Name: t.path, Data: t.data}, c.catalog, pins))
		}
		return t, nil
	}
	sources := in.values.sources
	t.data = sources[len(sources)-1].Data
	set := func(v *values.Values) error { return c.images.values.set(v, c.streams) }
	t.write = func(pins []convert.Pin) convert.Pinned {
		return convert.PinValues(sources, in.values.profile, set, pins)
	}
	return t, nil
}

// verified plans the new answers and reports a component that would not get its digest.
func (c *pinCommand) verified(r convert.Pinned) convert.Pinned {
	if len(r.Problems.Errors()) > 0 {
		return r
	}
	in := &answerInput{file: c.images.answers, flags: map[string]string{}}
	in.answers, in.problems = answers.Decode(in.file, r.Data)
	p, problems := in.plan(c.catalog)
	if len(problems) > 0 {
		return convert.Pinned{Pins: r.Pins, Problems: append(model.Problems{}, problems...)}
	}
	printProblems(c.streams.Err, slices.DeleteFunc(p.Problems(), func(p model.Problem) bool {
		return p.Rule != "cache-digest" // the digest is right all the same
	}))
	for _, env := range p.Environments {
		for _, component := range env.Components {
			for _, pin := range r.Pins {
				if pin.Environment == env.Name && pin.Component == component.Name && pin.Key != "" && pin.Want != component.Tag {
					r.Problems = append(r.Problems, model.Problem{Rule: "internal", Severity: model.Error, File: in.file,
						Summary: fmt.Sprintf("%s would get the tag %q instead of %q", component.Name, component.Tag, pin.Want)})
				}
			}
		}
	}
	return r
}
