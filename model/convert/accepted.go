package convert

import (
	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// readAccepted reads a file that the chart refuses: with the values that lint can correct, and without the others that
// the chart refuses. It reports both. What it cannot read that way stays refused.
func (a *adoption) readAccepted(file *values.File, profile *chart.Profile) {
	in := lint.Input{Sources: []values.Source{file.Source}, Profile: profile, Charts: a.catalog.Charts.All(),
		Registries: a.catalog.Registries}
	fixed, err := lint.Fix(in)
	if err != nil {
		return
	}
	data, problems := fixed.Sources[0].Data, model.Problems{}
	for _, f := range fixed.Findings {
		p := f.Problem
		p.Severity, p.Fix = model.Warning, "writing the file corrects it: "+p.Fix
		problems = append(problems, p)
	}
	for range maxRemoved {
		in.Sources = []values.Source{file.With(data)}
		result, err := lint.Check(in)
		if err != nil {
			return
		}
		left, removed := withoutRefused(in.Sources[0], result.Findings)
		if len(removed) == 0 {
			break
		}
		data, problems = left, append(problems, removed...)
	}
	accepted, err := values.Parse(file.With(data))
	if err != nil {
		return
	}
	old := read(accepted, profile, newKeys(profile, profile))
	if old.resolution.Error == nil {
		old.places = values.Merge(file)
		a.old, a.problems = old, append(a.problems, problems...)
	}
}

// maxRemoved bounds the rounds of readAccepted: the chart's templates stop at their first error.
const maxRemoved = 10

// withoutRefused returns a file without the keys that the chart refuses, and the problems about them.
func withoutRefused(source values.Source, findings []lint.Finding) ([]byte, model.Problems) {
	data, removed := source.Data, model.Problems{}
	for _, f := range findings {
		if f.Severity != model.Error || f.Path == "" || f.Line == 0 {
			continue
		}
		left, problems := values.Apply(source.With(data), values.Change{Path: f.Path, Remove: true})
		if len(problems) == 0 {
			p := f.Problem
			p.Severity = model.Warning
			data, removed = left, append(removed, p)
		}
	}
	return data, removed
}
