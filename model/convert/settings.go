package convert

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// settings answers tags and pull policies.
func (a *adoption) settings() {
	a.spread("tag", "tag", func(r *chart.ResolvedComponent) chart.Origin {
		return chart.Origin{Value: fmt.Sprint(r.Trace.Tag.Value), From: r.Trace.Tag.From}
	})
	a.spread("pullPolicy", "pull policy", func(r *chart.ResolvedComponent) chart.Origin {
		return chart.Origin{Value: fmt.Sprint(r.PullPolicy), From: r.Trace.PullPolicy.From}
	})
}

// spread answers something for all components, and for those that have another one by themselves. The common one is
// that of a key which all components read, else the first one's; a digest is that of one image.
func (a *adoption) spread(leaf, words string, part func(*chart.ResolvedComponent) chart.Origin) {
	components := a.result.Profile.Components
	of := func(c chart.Component) chart.Origin { return part(a.file.Resolution.Components[c.Name]) }
	answer := func(path, component string, o chart.Origin) {
		if err := a.set(path, fmt.Sprint(o.Value), o.From); err != nil {
			a.lose(component+"."+leaf, o.From, fmt.Sprintf("the %s %q of %s can't be answered", words, o.Value, component), err)
		}
	}
	at := max(0, slices.IndexFunc(components, func(c chart.Component) bool { return a.isShared(of(c).From) }))
	common := of(components[at])
	differ := slices.ContainsFunc(components, func(c chart.Component) bool { return of(c).Value != common.Value })
	own := differ && strings.Contains(fmt.Sprint(common.Value), "@")
	if !own {
		answer(leaf, components[at].Name, common)
	}
	for i, c := range components {
		switch o := of(c); {
		case own || o.Value != common.Value:
			answer("components."+c.Name+"."+leaf, c.Name, o)
		case i != at: // what became of it is told already
			a.lost[c.Name+"."+leaf] = a.lost[components[at].Name+"."+leaf]
		}
	}
}

// isShared tells whether all components may read a key.
func (a *adoption) isShared(path string) bool {
	for _, c := range a.result.Profile.Components {
		read := false
		for _, chain := range []chart.Chain{c.Registry, c.Tag, c.PullPolicy} {
			read = read || slices.Contains(chain.Paths, path)
		}
		if !read {
			return false
		}
	}
	return true
}
