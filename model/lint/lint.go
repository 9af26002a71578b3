// Package lint finds mistakes in values files before a cluster does: keys that the chart does not read, image names
// that no kubelet can parse, tags that YAML changes, credentials that match no image. A finding says where, why and how
// to fix it; Fix does it where there is one right answer.
//
// Every rule is one entry in rules.yaml, which has its words; those about the keys of a chart are in its profile. No
// rule names a key of a chart or a registry.
package lint

import (
	"cmp"
	"errors"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
	"conductor-registry/model/values"
)

// Input holds the values to check and the facts to check them by.
type Input struct {
	Sources    []values.Source            // the values files, in Helm's order
	Set        func(*values.Values) error // lays --set over the files; may be nil
	Profile    *chart.Profile             // the chart that the values are for
	Charts     []*chart.Profile           // all known charts
	Registries *registry.Catalog
}

// Finding is a problem, and the edits of its file that fix it.
type Finding struct {
	model.Problem
	Fixable bool `json:"fixable"` // by --fix
	changes []values.Change
	image   string // that it is about, of rules for whole images
}

// Result holds the findings, in the order of files and lines.
type Result struct {
	Chart    chart.Identity
	Findings []Finding
	NotYAML  bool // a file is not YAML, which is the only finding
}

// Check applies every rule. The error is that of Set.
func Check(in Input) (*Result, error) {
	out := &Result{Chart: in.Profile.Identity()}
	base := in.Profile.Install.BaseValues()
	merged, err := values.Load(slices.Concat(base, in.Sources)...)
	if syntax, ok := errors.AsType[*values.ParseError](err); ok {
		out.NotYAML, out.Findings = true, []Finding{notYAML(syntax)}
		return out, nil
	}
	if err == nil && in.Set != nil {
		err = in.Set(merged)
	}
	if err != nil {
		return nil, err
	}
	c := newChecker(in, merged, merged.Files()[len(base):], in.Profile.Resolve(merged))
	traps, advice := in.Profile.Triggered(merged)
	c.traps = slices.Concat(traps, advice)
	c.run(slices.Concat(resolvedChecks(), fileChecks()))
	c.oncePerKey()
	c.dropEffects()
	c.applyIgnores()
	c.sort()
	out.Findings = c.findings
	return out, nil
}

// Problems returns what is wrong with values as far as their resolution shows it: what the cluster would refuse, and
// keys that the chart does not read. resolve, plan and convert report it.
func Problems(p *chart.Profile, v *values.Values, r *chart.Resolution) model.Problems {
	c := newChecker(Input{Profile: p}, v, v.Files(), r)
	c.traps, _ = p.Triggered(v)
	c.run(resolvedChecks())
	c.sortByCause()
	return append(model.Problems{}, model.Map(c.findings, func(f Finding) model.Problem { return f.Problem })...)
}

// sortByCause puts findings about what the pods get first, then hidden keys, then traps in the order of the profile.
func (c *checker) sortByCause() {
	cause := func(f Finding) int {
		if f.Rule == shadowedByDefault {
			return 0
		}
		trap := slices.IndexFunc(c.traps, func(t chart.TriggeredTrap) bool { return t.Rule == f.Rule && t.Path == f.Path })
		if trap < 0 {
			return -1
		}
		return 1 + trap
	}
	slices.SortStableFunc(c.findings, func(a, b Finding) int { return cmp.Compare(cause(a), cause(b)) })
}

// sort puts findings in the order of files, of lines and of rules; those without a line come first.
func (c *checker) sort() {
	at := func(f Finding) int {
		return slices.IndexFunc(c.files, func(at *file) bool { return at.name == f.File })
	}
	slices.SortStableFunc(c.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(at(a), at(b)), cmp.Compare(a.Line, b.Line), cmp.Compare(order(a.Rule), order(b.Rule)))
	})
}
