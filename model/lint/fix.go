package lint

import (
	"bytes"
	"slices"

	"conductor-registry/model/values"
)

// Fixed is the result of Fix.
type Fixed struct {
	Sources  []values.Source // the files, fixed
	Findings []Finding       // what was fixed, as it was found
	Left     *Result         // what is still there
}

// Changed reports whether the file with that name was fixed.
func (f *Fixed) Changed(before values.Source) bool {
	return slices.ContainsFunc(f.Sources, func(s values.Source) bool {
		return s.Name == before.Name && !bytes.Equal(s.Data, before.Data)
	})
}

// maxRounds bounds how often Fix checks again: a fixed value can reveal what the chart's refusal hid.
const maxRounds = 5

// Fix edits what has one right answer and leaves every other byte alone. What an edit cannot reach stays a finding.
func Fix(in Input) (*Fixed, error) {
	in.Sources = slices.Clone(in.Sources)
	out := &Fixed{}
	for range maxRounds {
		result, err := Check(in)
		if err != nil {
			return nil, err
		}
		out.Left, out.Sources = result, in.Sources
		hasFixed := false
		for _, f := range result.Findings {
			if f.Fixable && apply(in.Sources, f) {
				out.Findings, hasFixed = append(out.Findings, f), true
			}
		}
		if !hasFixed {
			break
		}
	}
	return out, nil
}

// apply makes a finding's edits in its file, and reports whether that changed it.
func apply(sources []values.Source, f Finding) bool {
	at := slices.IndexFunc(sources, func(s values.Source) bool { return s.Name == f.File })
	if at < 0 {
		return false
	}
	data, changed := f.Edit(sources[at])
	sources[at].Data = data
	return changed
}

// Edit returns a file with the edits that fix the finding, and whether they change it.
func (f Finding) Edit(source values.Source) (data []byte, changed bool) {
	data, problems := values.Apply(source, f.changes...)
	if len(problems) > 0 || bytes.Equal(data, source.Data) {
		return source.Data, false
	}
	return data, true
}
