// Package lint finds what is wrong with values files before a cluster does: what the named chart never reads, what no
// kubelet can parse, what YAML makes of a tag, what a login does not fit. It says where, why and how to mend it, and
// mends what has one right answer.
//
// Every rule is one entry in a table (Rules). What a chart reads is its profile's; no rule names a key or a registry.
package lint

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
	"conductor-registry/model/values"
)

// Input is what to look at.
type Input struct {
	Sources    []values.Source            // the values files, in Helm's order
	Stand      []values.Source            // values below them, which nobody wrote: the files that helm gets apart
	Set        func(*values.Values) error // lays --set over the files; nil for nothing
	Profile    *chart.Profile             // the chart that they are for
	Charts     []*chart.Profile           // all that are known
	Registries *registry.Catalog          //
}

// Finding is a problem, and the edits of its file that mend it.
type Finding struct {
	model.Problem
	Fixable bool `json:"fixable"` // --fix mends it
	changes []values.Change
}

// Result is all that was found, in the order of files and lines.
type Result struct {
	Chart    chart.Identity
	Findings []Finding
}

// Problems are the findings without how they are mended.
func (r *Result) Problems() model.Problems {
	out := make(model.Problems, len(r.Findings))
	for i, f := range r.Findings {
		out[i] = f.Problem
	}
	return out
}

// Run applies every rule. The error is a *values.ParseError for a file that is no YAML, or that of Set.
func Run(in Input) (*Result, error) {
	values, err := values.Load(slices.Concat(in.Stand, in.Sources)...)
	if err != nil {
		return nil, err
	}
	if in.Set != nil {
		if err := in.Set(values); err != nil {
			return nil, err
		}
	}
	s := &subject{Input: in, values: values, resolution: in.Profile.Resolve(values)}
	for _, source := range in.Sources {
		s.files = append(s.files, newFile(source))
	}
	for _, rule := range Rules() {
		if rule.find != nil {
			s.rule = rule
			rule.find(s)
		}
	}
	s.dropConsequences()
	s.honourIgnores()
	s.sort()
	return &Result{Chart: in.Profile.Identity(), Findings: s.found}, nil
}

// subject is what the rules look at, and what they found so far.
type subject struct {
	Input
	files      []*file
	values     *values.Values
	resolution *chart.Resolution
	rule       Rule // the one that looks
	found      []Finding
}

// report adds a problem, of one rule and key once: both components may share a key. What it does not say itself is said
// by its rule; without one that is the rule that looks.
func (s *subject) report(p model.Problem, mend ...values.Change) {
	rule := s.rule
	if p.Rule != "" {
		rule, _ = Find(p.Rule)
	}
	p.Rule, p.Severity = rule.ID, cmp.Or(p.Severity, rule.Severity)
	p.Why, p.Fix = cmp.Or(p.Why, rule.Why), cmp.Or(p.Fix, rule.Fix)
	switch {
	case p.File == "" && p.Path != "":
		p.File, p.Line = s.values.Position(p.Path)
	case p.File == "" && len(s.files) > 0: // it is about the values as a whole
		p.File = s.files[len(s.files)-1].name
	}
	if slices.ContainsFunc(s.found, func(f Finding) bool {
		return f.Rule == p.Rule && f.Path == p.Path && f.File == p.File && f.Line == p.Line && p.Path != ""
	}) {
		return
	}
	s.found = append(s.found, Finding{Problem: p, Fixable: len(mend) > 0 && s.file(p.File) != nil, changes: mend})
}

// file is the source with that name; nil for what came from elsewhere.
func (s *subject) file(name string) *file {
	if i := slices.IndexFunc(s.files, func(f *file) bool { return f.name == name }); i >= 0 {
		return s.files[i]
	}
	return nil
}

// dropConsequences leaves out what only says where another finding leads: that an image can't be parsed, where a part
// of it is known to be wrong, and a refusal at a line whose mistake is known.
func (s *subject) dropConsequences() {
	type place struct {
		file string
		line int
	}
	lines, parts := map[place]bool{}, map[string]bool{}
	for _, f := range s.found {
		if isConsequence(f.Rule) || f.Severity != model.Error && f.Rule != "template-in-value" {
			continue
		}
		lines[place{f.File, f.Line}] = true
		for _, c := range s.resolution.Components {
			if t := c.Trace; slices.Contains([]string{t.Registry.From, t.Repository.From, t.Tag.From}, f.Path) {
				parts[c.Image] = true
			}
		}
	}
	unparsable := func(f Finding) bool {
		for image := range parts {
			if f.Rule == "image-unparsable" && strings.Contains(f.Summary, strconv.Quote(image)) {
				return true
			}
		}
		return false
	}
	s.found = slices.DeleteFunc(s.found, func(f Finding) bool {
		return unparsable(f) || isConsequence(f.Rule) && f.Line > 0 && lines[place{f.File, f.Line}]
	})
}

// sort puts findings in the order of the files, then of lines; those of no line first.
func (s *subject) sort() {
	order := func(f Finding) int {
		return slices.IndexFunc(s.files, func(at *file) bool { return at.name == f.File })
	}
	slices.SortStableFunc(s.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.Line, b.Line))
	})
}
