// Package inspect learns what a chart does with the keys that charts of Conductor are known by: it renders the chart
// with a text of its own at each key, and looks where that text comes out. It knows the keys from the profiles and a
// short list, and nothing of any chart. It changes nothing, and asks no cluster.
package inspect

import (
	"context"

	"conductor-registry/model/chart"
	"conductor-registry/verify/helm"
)

// Options are what to learn, and from whom.
type Options struct {
	Helm     *helm.Helm
	Chart    *helm.Chart
	Profiles []*chart.Profile // those that may be near first
	Values   map[string]any   // the user's values: what the chart needs to render

	// Progress is called when a step begins and after each rendering: done steps of all, and what the current one does.
	Progress func(done, all int, what string)
}

// Run learns. The error is a *RefusedError when helm does not render the chart as it is.
func Run(ctx context.Context, o Options) (*Report, error) {
	version, err := o.Helm.Version(ctx)
	if err != nil {
		return nil, err
	}
	l, err := newLearner(o)
	if err != nil {
		return nil, err
	}
	if err := l.learn(ctx); err != nil {
		return nil, err
	}
	learnt, err := l.profile(ctx)
	if err != nil {
		return nil, err
	}
	out := l.report(version, learnt)
	for _, p := range o.Profiles {
		if p.ID == out.Like.Profile {
			l.write(learnt, p)
		}
	}
	out.Draft, err = l.draft(ctx, version, learnt)
	return out, err
}
