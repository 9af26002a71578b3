package convert

import (
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/values"
)

// guess finds the chart that the file is for: the one that its keys tell, else of those that read most of them the
// first, else the default one.
func (a *adoption) guess() error {
	r := a.result
	var err error
	if r.Profile, r.Keys, err = Guess(a.source, a.catalog.Charts); err != nil || r.Profile != nil {
		return err
	}
	values, err := values.Load(a.source)
	if err != nil {
		return err
	}
	best, others := -1, ""
	for _, p := range a.catalog.Charts {
		read := 0
		for _, path := range p.ReadKeys() {
			if _, ok := values.Lookup(path); ok {
				read++
			}
		}
		switch {
		case read > best:
			r.Profile, best, others = p, read, ""
		case read == best:
			others += " or " + p.ID
		}
	}
	p := model.Problem{Rule: "chart-assumed", Severity: model.Warning, File: a.source.Name,
		Summary: fmt.Sprintf("the keys don't tell which chart the file is for: taken for %s", r.Profile.ID),
		Fix:     "say which one it is"}
	if best > 0 && others != "" {
		p.Summary = fmt.Sprintf("the keys fit chart %s%s: taken for %[1]s", r.Profile.ID, others)
	}
	r.Problems = append(r.Problems, p)
	return nil
}
