// Package inspect finds out which keys of values a chart reads for its images, pull policies and pull secrets: it
// renders the chart with a marker at each key and looks where the marker appears. The keys to try come from the chart
// profiles, a short list and the chart's values.yaml; no key of any chart is in the code. It changes nothing and asks
// no cluster.
package inspect

import (
	"context"
	"fmt"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/verify/helm"
)

// Options say what to inspect.
type Options struct {
	Helm     *helm.Helm
	Chart    *helm.Chart
	Profiles []*chart.Profile // the most similar first
	Values   map[string]any   // the user's values, for charts that do not render without
	// Progress is called when a step begins and after each rendering: done steps of all, and what the current one does.
	Progress func(done, all int, what string)
}

// Run inspects the chart. The error is a *RefusedError when helm refuses the chart as it is.
func Run(ctx context.Context, o Options) (*Report, error) {
	version, err := o.Helm.Version(ctx)
	if err != nil {
		return nil, err
	}
	n, err := newInspection(o)
	if err != nil {
		return nil, err
	}
	if err := n.run(ctx); err != nil {
		return nil, err
	}
	profile, err := n.profile(ctx)
	if err != nil {
		return nil, err
	}
	out := n.report(version, profile)
	for _, known := range o.Profiles {
		if known.ID == out.Like.Profile {
			n.addSettings(profile, known)
		}
	}
	if err := n.addRules(ctx, profile); err != nil {
		return nil, err
	}
	out.Draft, err = n.draft(version, profile)
	return out, err
}

// RefusedError says that helm refuses the chart as it is.
type RefusedError struct{ Said string } // in helm's words

// Error returns helm's reason and how to pass what the chart needs.
func (e *RefusedError) Error() string {
	return "helm does not render this chart: " + e.Said +
		"\nhint: pass the values that an installation needs: -f FILE, --set KEY=VALUE or --set-file KEY=FILE"
}

// inspection is what is known about a chart. Two states of it are compared: as it is, and cleared, with an empty value
// at every key that has a default, so that no default overrides the key that is tried.
type inspection struct {
	options      Options
	chart        *renderer
	keys         []*key
	components   []*component
	placeholders []string // paths of required files that got a placeholder
	install      chart.Install
	asIs         *rendering
	clear        settings // the empty values
	cleared      *rendering
	orders       map[Part][]rank
	schema       schema
}

func newInspection(o Options) (*inspection, error) {
	keys, err := candidateKeys(o.Profiles, values.Coalesce(o.Chart.Values, o.Values), o.Chart.Values)
	if err != nil {
		return nil, err
	}
	markers := make([]string, len(keys))
	for i, k := range keys {
		markers[i] = k.marker
	}
	return &inspection{options: o, chart: newRenderer(o, markers), keys: keys, orders: map[Part][]rank{}}, nil
}

// run does the steps; each needs what the ones before it found.
func (n *inspection) run(ctx context.Context) error {
	steps := []struct {
		what string
		run  func(context.Context) error
	}{
		{"rendering the chart as it is", n.renderAsIs},
		{"emptying the defaults", n.empty},
		{"reading the schema", n.findSchema},
		{"finding the keys that the chart reads", n.findKeys},
		{"trying the switches", n.findSwitches},
		{"finding what each key sets", n.findReach},
		{"finding which key overrides which", n.findOrders},
		{"trying numbers and templates", n.findTypes},
	}
	for i, step := range steps {
		n.chart.begin(i, len(steps), step.what)
		if err := step.run(ctx); err != nil {
			return err
		}
	}
	return nil
}

// renderAsIs renders the chart with its own and the user's values. Files that it requires and a profile knows get a
// placeholder.
func (n *inspection) renderAsIs(ctx context.Context) error {
	var err error
	if n.asIs, err = n.chart.render(ctx, nil); err != nil {
		return err
	}
	for _, p := range n.options.Profiles {
		for _, file := range p.Install.Files {
			if strings.Contains(n.asIs.refused, file.Path) && len(n.placeholders) == 0 {
				if err := n.addPlaceholders(ctx, p.Install); err != nil {
					return err
				}
			}
		}
	}
	switch {
	case n.asIs.refused != "":
		return &RefusedError{n.asIs.refused}
	case len(n.asIs.containers) == 0:
		return fmt.Errorf("helm renders no pod from %s: there is no image to set\nhint: if one of its values enables "+
			"them, pass it with --set", n.options.Chart.Path)
	}
	n.components = nameComponents(n.options.Profiles, n.asIs)
	return nil
}

func (n *inspection) addPlaceholders(ctx context.Context, install chart.Install) (err error) {
	source, _ := install.Placeholders()
	files, err := values.Load(source)
	if err != nil {
		return err
	}
	n.chart.base = values.Coalesce(files.Map(), n.chart.base)
	n.install.Files = install.Files
	for _, file := range install.Files {
		n.placeholders = append(n.placeholders, file.Path)
	}
	n.asIs, err = n.chart.render(ctx, nil)
	return err
}

// empty clears the keys that have a default. Those that helm refuses to render without stay as they are.
func (n *inspection) empty(ctx context.Context) error {
	n.clear = settings{}
	var full []*key
	for _, k := range n.keys {
		if none, ok := emptied(k.initial); ok {
			full = append(full, k)
			n.clear[k.path] = none
		}
	}
	none := n.clear
	mandatory, err := n.refusals(ctx, nil, full, func(k *key) any { return none[k.path] })
	if err != nil {
		return err
	}
	n.clear = n.clear.and(nil)
	for k, why := range mandatory {
		k.mandatory = why
		delete(n.clear, k.path)
	}
	if n.cleared, err = n.chart.render(ctx, n.clear); err == nil && n.cleared.refused != "" {
		n.clear, n.cleared = settings{}, n.asIs // helm refuses a combination only: which one stays unknown
	}
	return err
}
