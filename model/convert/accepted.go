package convert

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// readCorrected reads a file that the chart refuses, or that does not answer everything: with the values that lint can
// correct, and without the others that the chart refuses. It returns problems about both. It returns nil where that is
// not better.
func (a *adoption) readCorrected(file *values.File, misshaped []string) (*reading, model.Problems) {
	if a.isRead() && a.missed+len(misshaped) == 0 {
		return nil, nil
	}
	source, problems := a.withTexts(file.Source, misshaped)
	in := lint.Input{Sources: []values.Source{source}, Profile: a.profile, Charts: a.catalog.Charts.All(),
		Registries: a.catalog.Registries}
	fixed, err := lint.Fix(in)
	for round := 0; err == nil && round < maxRemoved; round++ {
		if round == 0 {
			in.Sources = fixed.Sources
			problems = append(problems, correctedProblems(fixed.Findings)...)
		}
		var old *reading
		if old, err = a.readData(file, in.Sources[0].Data); err == nil && old.resolution.Error == nil {
			return old, problems
		}
		var result *lint.Result
		if result, err = lint.Check(in); err == nil {
			left, removed := withoutRefused(in.Sources[0], result.Findings)
			in.Sources, problems = []values.Source{in.Sources[0].With(left)}, append(problems, removed...)
		}
	}
	return nil, problems
}

// correctedProblems returns problems that say what lint corrected.
func correctedProblems(findings []lint.Finding) model.Problems {
	return model.Map(findings, func(f lint.Finding) model.Problem {
		p := f.Problem
		p.Severity, p.Fix = model.Warning, "writing the file corrects it: "+p.Fix
		return p
	})
}

// readData reads a corrected file. It knows the lines of the user's.
func (a *adoption) readData(file *values.File, data []byte) (*reading, error) {
	accepted, err := values.Parse(file.With(data))
	if err != nil {
		return nil, err
	}
	old := read(accepted, a.profile, newKeys(a.profile, a.profile))
	old.places = values.Merge(file)
	return old, nil
}

// maxRemoved bounds the rounds of readCorrected: the chart's templates stop at their first error.
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

// misshaped returns the keys of the file that the chart reads as text, or reads keys below, and that hold something else.
func (a *adoption) misshaped() []string {
	var out []string
	for _, path := range a.profile.ReadKeys() {
		switch value, _ := a.old.values.Lookup(path); value.(type) {
		case []any, map[string]any:
			out = append(out, path)
		}
		above, _ := values.CutKey(path)
		value, _ := a.old.values.Lookup(above)
		if _, isText := value.(string); isText {
			out = append(out, above)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// withTexts returns a file in which keys hold the text that their values contain: the only item of a list, and the parts
// of an image name below the key that has it whole. It leaves out what contains no text.
func (a *adoption) withTexts(source values.Source, misshaped []string) (values.Source, model.Problems) {
	var problems model.Problems
	for _, path := range misshaped {
		value, _ := a.old.values.Lookup(path)
		p := model.Problem{Rule: "not-adopted", Severity: model.Warning, Path: path,
			Summary: fmt.Sprintf("%s is %s, which chart %s does not read there", path, shapeOf(value), a.profile.ID),
			Fix:     "answer this question again"}
		changes := []values.Change{{Path: path, Remove: true}}
		text := soleText(value)
		if whole, isText := value.(string); isText {
			if parts := a.imageParts(path, whole); parts != nil {
				text, changes = whole, append(changes, parts...)
			}
		} else if text != "" {
			changes = []values.Change{{Path: path, Value: values.Quote(text)}}
		}
		if text != "" {
			p.Summary, p.Fix = fmt.Sprintf("%s is %s, and is read as %q", path, shapeOf(value), text), ""
		}
		for _, change := range changes {
			if data, refused := values.Apply(source, change); len(refused) == 0 {
				source = source.With(data)
			}
		}
		problems = append(problems, a.old.locate(p))
	}
	return source, problems
}

// imageParts returns the changes that write an image name to the keys of a component below path; nil for another text.
func (a *adoption) imageParts(path, text string) []values.Change {
	repository, suffix := image.SplitTag(text)
	for _, c := range a.profile.Components {
		for _, key := range c.Repository.Paths {
			if above, _ := values.CutKey(key); above != path || image.Host(text) == "" || image.Check(text) != nil {
				continue
			}
			out := []values.Change{{Path: key, Value: values.Quote(repository)}}
			if suffix != "" {
				out = append(out, values.Change{Path: path + ".tag", Value: values.Quote(strings.TrimPrefix(suffix, ":"))})
			}
			return out
		}
	}
	return nil
}

// soleText returns the text of a list with one item; "" for none.
func soleText(value any) string {
	list, ok := value.([]any)
	if !ok || len(list) == 0 {
		return ""
	}
	if text, isText := list[0].(string); isText && len(list) == 1 {
		return text
	}
	return ""
}

func shapeOf(value any) string {
	switch value.(type) {
	case []any:
		return "a list"
	case map[string]any:
		return "a mapping"
	}
	return "text"
}
