package convert

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// reading is a values file as a chart reads it.
type reading struct {
	file       *values.File
	profile    *chart.Profile
	values     *values.Values
	resolution *chart.Resolution
	places     *values.Values // that know the lines of the user's file; nil for values
	refused    *chart.Refusal // why the chart refuses the whole file, when it accepts the image and secret keys alone
}

// read resolves a values file. The file may be one of several that are merged: when the chart refuses it, only its
// image and secret keys are resolved.
func read(file *values.File, p *chart.Profile, k keys) *reading {
	r := &reading{file: file, profile: p, values: values.Merge(file)}
	merged := values.Merge(file)
	if base, err := values.Load(p.Install.BaseValues()...); err == nil { // it was read before
		merged = values.Merge(append(base.Files(), file)...)
	}
	if r.resolution = p.Resolve(merged); r.resolution.Error != nil {
		r.refused = r.resolution.Error
		k.prune(merged.Map(), p)
		r.resolution = p.Resolve(merged)
	}
	return r
}

// findings returns the problems that the chart has with the file.
func (r *reading) findings() model.Problems { return lint.Problems(r.profile, r.values, r.resolution) }

// sets reports whether the file sets a path.
func (r *reading) sets(path string) bool {
	_, ok := r.values.Lookup(path)
	return ok
}

// setBy returns the last of the keys that the file sets; "" when the chart decides.
func (r *reading) setBy(origins ...chart.Origin) string {
	for _, o := range slices.Backward(origins) {
		if r.sets(o.From) {
			return o.From
		}
	}
	return ""
}

// pullSecrets returns what the pods name, and where that comes from. It is the same for all components.
func (r *reading) pullSecrets() ([]any, chart.Origin) {
	first := r.resolution.Components[r.profile.Components[0].Name]
	return first.PullSecrets, first.Trace.PullSecrets
}

// creates reports whether the chart creates the secret of that name.
func (r *reading) creates(name any) bool {
	return slices.ContainsFunc(r.resolution.Secrets, func(s chart.MadeSecret) bool {
		return reflect.DeepEqual(s.Name, name)
	})
}

// locate returns the problem with the file and line of its path, if the file has the path.
func (r *reading) locate(p model.Problem) model.Problem {
	places := r.values
	if r.places != nil {
		places = r.places
	}
	if file, line := places.Position(p.Path); line > 0 {
		p.File, p.Line = file, line
	}
	return p
}

// refusal is the problem of a file whose image and secret keys the chart refuses.
func (r *reading) refusal(fix string) model.Problem {
	return model.Problem{Rule: "values-refused", Severity: model.Error, File: r.file.Name, Fix: fix,
		Summary: fmt.Sprintf("chart %s refuses these values: %s", r.profile.Version, r.resolution.Error.Message)}
}

// incomplete is the problem of a file that the chart refuses for other keys than those of images and secrets.
func (r *reading) incomplete() model.Problem {
	return model.Problem{Rule: "values-incomplete", Severity: model.Info, File: r.file.Name,
		Summary: fmt.Sprintf("chart %s refuses this file on its own: %s", r.profile.ID, oneLine(r.refused)),
		Fix:     "ignore this if other values files are merged with it"}
}

func oneLine(r *chart.Refusal) string { return strings.ReplaceAll(r.Message, "\n", " ") }
