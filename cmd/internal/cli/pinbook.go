package cli

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/convert"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
)

// pinBook is the file that pins are written into.
type pinBook struct {
	path string
	data []byte
	uses []use    // of their images by the tag alone
	tags []string // of each use, as the file gives it
	pin  func([]convert.Pin) convert.Pinned
}

// open reads the file and the images that it leads to.
func (c *pinCommand) open(cmd *cobra.Command) (*pinBook, error) {
	if c.images.fromAnswers(cmd) {
		return c.openAnswers()
	}
	return c.openValues(cmd)
}

// add adds a use of an image, without its digest: it is the tag that is asked for.
func (b *pinBook) add(u use, tag string) {
	u.image, _, _ = strings.Cut(u.image, "@")
	b.uses, b.tags = append(b.uses, u), append(b.tags, tag)
}

func (c *pinCommand) openValues(cmd *cobra.Command) (*pinBook, error) {
	loaded := &c.images.values
	profile, err := loaded.profile(cmd, c.catalog, c.streams)
	if err != nil {
		return nil, err
	}
	sources, err := loaded.read(c.streams.In)
	if err != nil {
		return nil, err
	}
	sources = slices.Concat(standIn(profile), sources)
	resolution, code, err := loaded.resolveSources(profile, sources, c.streams.In)
	if err != nil {
		return nil, err
	}
	if resolution.Error != nil {
		return nil, exit{code, refusal(profile, resolution.Error)}
	}
	b := &pinBook{path: c.path(cmd), data: sources[len(sources)-1].Data}
	for _, component := range profile.Components {
		r := resolution.Components[component.Name]
		b.add(use{Component: component.Name, image: r.Image}, fmt.Sprint(r.Trace.Tag.Value))
	}
	set := func(v *values.Values) error { return loaded.set(v, c.streams.In) }
	b.pin = func(pins []convert.Pin) convert.Pinned { return convert.PinValues(sources, profile, set, pins) }
	return b, nil
}

func (c *pinCommand) openAnswers() (*pinBook, error) {
	data, err := readFile(c.images.answers, c.streams.In)
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	given, err := newGiven(c.images.answers, true, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	p, problems := given.plan(c.catalog)
	if len(problems) > 0 {
		return nil, exit{exitUsage, given.worded(problems, c.catalog)}
	}
	environments := p.Environments
	if c.images.environment != "" {
		env, err := pick(p, c.images.environment)
		if err != nil {
			return nil, err
		}
		environments = []*plan.Environment{env}
	}
	b := &pinBook{path: c.images.answers, data: data}
	for _, env := range environments {
		for _, component := range env.Components {
			b.add(use{env.Name, component.Name, component.Image()}, component.Tag)
		}
	}
	b.pin = func(pins []convert.Pin) convert.Pinned {
		return c.kept(convert.PinAnswers(values.Source{Name: c.images.answers, Data: data}, c.catalog, pins))
	}
	return b, nil
}

// kept is a result whose answers lead to files with these pins, as before it.
func (c *pinCommand) kept(r convert.Pinned) convert.Pinned {
	if len(r.Problems.Errors()) > 0 {
		return r
	}
	given := &given{file: c.images.answers, flags: map[string]string{}}
	given.answers, given.problems = answers.Decode(given.file, r.Data)
	p, problems := given.plan(c.catalog)
	if len(problems) > 0 {
		return convert.Pinned{Pins: r.Pins, Problems: append(model.Problems{}, problems...)}
	}
	for _, env := range p.Environments {
		for _, component := range env.Components {
			for _, one := range r.Pins {
				if one.Environment == env.Name && one.Component == component.Name && one.Key != "" && one.Want != component.Tag {
					r.Problems = append(r.Problems, model.Problem{Rule: "internal", Severity: model.Error, File: given.file,
						Summary: fmt.Sprintf("%s would get the tag %s, not %s", component.Name, component.Tag, one.Want)})
				}
			}
		}
	}
	return r
}
