package lint

import (
	"bytes"
	"slices"

	"conductor-registry/model/values"
)

// Mended is what Fix did.
type Mended struct {
	Sources  []values.Source // the files, mended
	Findings []Finding       // what was mended, as it was found
	Left     *Result         // what is still there
}

// Changed tells whether the file with that name was mended.
func (m *Mended) Changed(before values.Source) bool {
	return slices.ContainsFunc(m.Sources, func(s values.Source) bool {
		return s.Name == before.Name && !bytes.Equal(s.Data, before.Data)
	})
}

// maxRounds bounds how often Fix looks again: a mended value can bring to light what the chart's refusal hid.
const maxRounds = 5

// Fix mends what has one right answer and leaves every other byte alone. What an edit can't reach stays a finding.
func Fix(in Input) (*Mended, error) {
	in.Sources = slices.Clone(in.Sources)
	out := &Mended{}
	for range maxRounds {
		found, err := Run(in)
		if err != nil {
			return nil, err
		}
		out.Left, out.Sources = found, in.Sources
		mended := false
		for _, f := range found.Findings {
			if f.Fixable && apply(in.Sources, f) {
				out.Findings, mended = append(out.Findings, f), true
			}
		}
		if !mended {
			break
		}
	}
	return out, nil
}

// apply makes a finding's edits in its file, and tells whether that changed it.
func apply(sources []values.Source, f Finding) bool {
	at := slices.IndexFunc(sources, func(s values.Source) bool { return s.Name == f.File })
	if at < 0 {
		return false
	}
	data, problems := values.Apply(f.File, sources[at].Data, f.changes...)
	if len(problems) > 0 || bytes.Equal(data, sources[at].Data) {
		return false
	}
	sources[at].Data = data
	return true
}
