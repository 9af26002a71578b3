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
	"conductor-registry/model/values"
)

// pinTarget is the file that digests are written to.
type pinTarget struct {
	path  string
	data  []byte
	uses  []imageUse // images by tag, without a digest
	tags  []string   // of each use, as the file gives it
	write func([]convert.Pin) convert.Pinned
}

// add adds an image by its tag: that is what the registry is asked for.
func (t *pinTarget) add(u imageUse, tag string) {
	u.image, _, _ = strings.Cut(u.image, "@")
	t.uses, t.tags = append(t.uses, u), append(t.tags, tag)
}

// target reads the file to pin and the images that it gives.
func (c *pinCommand) target(cmd *cobra.Command) (*pinTarget, error) {
	if c.images.fromAnswers(cmd) {
		return c.answersTarget()
	}
	return c.valuesTarget(cmd)
}

// targetPath returns the file that is written; "" when only flags give values.
func (c *pinCommand) targetPath(cmd *cobra.Command) string {
	if c.images.fromAnswers(cmd) {
		return c.images.answers
	}
	if names := c.images.values.files; len(names) > 0 {
		return names[len(names)-1]
	}
	return ""
}

func (c *pinCommand) valuesTarget(cmd *cobra.Command) (*pinTarget, error) {
	flags := &c.images.values
	profile, err := flags.profile(cmd, c.catalog, c.streams)
	if err != nil {
		return nil, err
	}
	sources, err := flags.read(c.streams.In)
	if err != nil {
		return nil, err
	}
	sources = slices.Concat(placeholders(profile), sources)
	resolution, code, err := flags.resolveSources(profile, sources, c.streams.In)
	if err != nil {
		return nil, err
	}
	if resolution.Error != nil {
		return nil, exit{code, refusal(profile, resolution.Error)}
	}
	t := &pinTarget{path: c.targetPath(cmd), data: sources[len(sources)-1].Data}
	for _, component := range profile.Components {
		r := resolution.Components[component.Name]
		t.add(imageUse{Component: component.Name, image: r.Image}, fmt.Sprint(r.Trace.Tag.Value))
	}
	set := func(v *values.Values) error { return flags.set(v, c.streams.In) }
	t.write = func(pins []convert.Pin) convert.Pinned { return convert.PinValues(sources, profile, set, pins) }
	return t, nil
}

func (c *pinCommand) answersTarget() (*pinTarget, error) {
	data, err := readFile(c.images.answers, c.streams.In)
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	in, err := readAnswers(c.images.answers, true, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	environments, err := c.images.environments(in, c.catalog)
	if err != nil {
		return nil, err
	}
	t := &pinTarget{path: c.images.answers, data: data}
	for _, env := range environments {
		for _, component := range env.Components {
			t.add(imageUse{env.Name, component.Name, component.Image()}, component.Tag)
		}
	}
	t.write = func(pins []convert.Pin) convert.Pinned {
		return c.verified(convert.PinAnswers(values.Source{Name: c.images.answers, Data: data}, c.catalog, pins))
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
