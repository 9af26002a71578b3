package chart

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/values"
)

// spring adds the traps that the user's values step into.
func (r *resolver) spring(traps []Trap) {
	for _, trap := range traps {
		if !applies(trap.When, trap.Unless, r.values) {
			continue
		}
		if len(trap.Paths) == 0 {
			r.add(trap.problem(""))
		}
		for _, path := range trap.Paths {
			if value, ok := values.Find(r.user.Tree(), path); ok && written(value) {
				r.add(trap.problem(path))
			}
		}
	}
}

func (t Trap) problem(path string) model.Problem {
	name := strings.NewReplacer("{path}", path)
	return model.Problem{Rule: t.Rule, Severity: model.Severity(t.Severity), Path: path,
		Summary: name.Replace(t.Summary), Why: name.Replace(t.Why), Fix: name.Replace(t.Fix)}
}

// Advise is what is worth knowing of an installation with the values, beside what they give the pods.
func (p *Profile) Advise(v *values.Values) model.Problems {
	rules, err := p.Rules.get()
	if err != nil { // Resolve tells of it
		return nil //nolint:nilerr // no advice is no failure
	}
	r := &resolver{profile: p, user: v, values: values.Coalesce(rules.Defaults, v.Tree()), out: &Resolution{}}
	r.spring(rules.Advice)
	return r.out.Problems
}

// written tells whether somebody meant something by a value: false and 0 are meant, null and "" are not.
func written(value any) bool {
	switch value.(type) {
	case nil, string, map[string]any, []any:
		return !empty(value)
	}
	return true
}

// shadow is a key of the user's that defaults of the chart hide: it stands later in a chain, and would have given
// something else.
type shadow struct {
	path, value, hides string
	winners            []string
}

func (r *resolver) judgeShadows() {
	var found []shadow
	for _, c := range r.profile.Components {
		t := r.out.Components[c.Name].Trace
		found = r.shadows(found, c.Registry, t.Registry)
		found = r.shadows(found, c.Repository, t.Repository)
		found = r.shadows(found, c.Tag, t.Tag)
		found = r.shadows(found, c.PullPolicy, t.PullPolicy)
	}
	for _, s := range found {
		r.add(model.Problem{Rule: "shadowed-by-default", Severity: model.Warning, Path: s.path,
			Summary: fmt.Sprintf("%s has no effect: the chart's own %s is %s and comes first",
				s.value, s.winners[0], s.hides),
			Why: fmt.Sprintf("chart %s reads this key only while %s is empty",
				r.profile.ID, strings.Join(s.winners, " or ")),
			Fix: fmt.Sprintf("set %s to %s", strings.Join(s.winners, " and "), s.value)})
	}
}

// shadows adds those of one chain to found; a key that several chains share is one shadow.
func (r *resolver) shadows(found []shadow, chain Chain, won Origin) []shadow {
	winner, isDefault := strings.CutPrefix(won.From, "chart default ")
	if !isDefault {
		return found
	}
	for _, path := range chain.Paths[slices.Index(chain.Paths, winner)+1:] {
		value, set := values.Find(r.user.Tree(), path)
		if !set || empty(value) || printed(value) == won.Value {
			continue
		}
		known := slices.IndexFunc(found, func(s shadow) bool { return s.path == path })
		if known < 0 {
			known = len(found)
			found = append(found, shadow{path: path, value: printed(value), hides: fmt.Sprint(won.Value)})
		}
		found[known].winners = append(found[known].winners, winner)
	}
	return found
}
