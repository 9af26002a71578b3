// Package convert rewrites the keys of a values file that set images, pull policies and pull secrets for another
// version of the chart. What the pods get is read from the old file under the old chart, written by the settings of the
// new one's profile, and read back: what comes out otherwise is told. It changes no other byte, knows no key of any
// chart, and never repeats a login in what it says.
package convert

import (
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// Result is a file for the other chart, and what is to be known of it.
type Result struct {
	Data     []byte            // the new file; nil when Problems have errors
	Before   *chart.Resolution // of the images, policies and pull secrets under the old chart
	After    *chart.Resolution // under the new one; nil when Problems have errors
	Problems model.Problems    // errors: nothing was made; warnings: it is not carried over; infos: worth knowing
}

// Convert rewrites a file that was written for one chart for another. The error says that it is no YAML; it is a
// *values.ParseError.
func Convert(source values.Source, from, to *chart.Profile) (*Result, error) {
	values, err := values.Load(source)
	if err != nil {
		return nil, err
	}
	c := &conversion{source: source, from: from, to: to, values: values}
	if c.keys, err = newKeys(from, to); err != nil {
		return nil, err
	}
	out := &Result{}
	var oldRefusal, newRefusal *chart.Refusal
	if out.Before, oldRefusal = c.resolve(from, source.Data); out.Before.Error != nil {
		out.Problems = model.Problems{c.refused(from, out.Before.Error, "is the file for another chart version?")}
		return out, nil
	}
	c.before = out.Before
	want := c.intent()
	data, problems := apply(source.Name, source.Data, c.changes(want))
	if len(problems) > 0 {
		out.Problems = problems
		return out, nil
	}
	if out.After, newRefusal = c.resolve(to, data); out.After.Error != nil {
		out.Problems, out.After = model.Problems{c.refused(to, out.After.Error, "write these keys by hand")}, nil
		return out, nil
	}
	c.after = out.After
	c.prove(want)
	c.tellOld(want)
	c.tellRefusals(oldRefusal, newRefusal)
	c.tellRest(data)
	out.Data, out.Problems = append([]byte{}, data...), c.problems // a file of nothing is one too
	return out, nil
}

// conversion is one run of Convert.
type conversion struct {
	source        values.Source
	from, to      *chart.Profile
	values        *values.Values
	keys          keys
	before, after *chart.Resolution
	left          []string // the keys and tables that are taken out
	lostPull      bool     // it is told that the pull secret is not carried over
	problems      model.Problems
}

// resolve says what a chart gives the pods. A file may be one of several that are laid over each other: when the chart
// refuses it, for reasons that are then returned, the keys of images and secrets are resolved alone.
func (c *conversion) resolve(p *chart.Profile, data []byte) (*chart.Resolution, *chart.Refusal) {
	sources := []values.Source{{Name: c.source.Name, Data: data}}
	if files, needed := p.Install.StandIn(); needed {
		sources = append([]values.Source{files}, sources...)
	}
	loaded, err := values.Load(sources...)
	if err != nil {
		return &chart.Resolution{Error: &chart.Refusal{Message: err.Error()}}, nil
	}
	whole := p.Resolve(loaded)
	if whole.Error == nil {
		return whole, nil
	}
	sources[len(sources)-1].Data = c.keys.only(loaded)
	if loaded, err = values.Load(sources...); err != nil {
		return whole, whole.Error
	}
	return p.Resolve(loaded), whole.Error
}

// tell adds a problem with the place of its path in the old file.
func (c *conversion) tell(p model.Problem) {
	if file, line := c.values.Position(p.Path); line > 0 {
		p.File, p.Line = file, line
	}
	c.problems = append(c.problems, p)
}

func (c *conversion) refused(p *chart.Profile, why *chart.Refusal, fix string) model.Problem {
	return model.Problem{Rule: "values-refused", Severity: model.Error, File: c.source.Name,
		Summary: fmt.Sprintf("chart %s refuses these values: %s", p.Version, why.Message), Fix: fix}
}

// has tells whether the old file sets a path.
func (c *conversion) has(path string) bool {
	_, ok := c.values.Lookup(path)
	return ok
}
