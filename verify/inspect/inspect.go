// Package inspect finds out which keys of values a chart reads for its images, pull policies and pull secrets: it
// renders the chart with a marker at each key and looks where the marker appears. The keys to try come from the chart
// profiles, a short list and the chart's values.yaml; no key of any chart is in the code. It changes nothing and asks
// no cluster.
package inspect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/verify/helm"
	"conductor-registry/verify/program"
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

// RefusedError says that helm refuses the chart as it is.
type RefusedError struct{ Said string } // in helm's words

// Error returns helm's reason and how to pass what the chart needs.
func (e *RefusedError) Error() string {
	return "helm does not render this chart: " + program.Indented(e.Said) +
		"\nhint: pass the values that an installation needs: -f FILE, --set KEY=VALUE or --set-file KEY=FILE"
}

// inspection holds what was found about a chart so far. Two states of it are compared: as it is, and cleared, with an empty
// value at every key that has a default, so that no default overrides the key that is tried.
type inspection struct {
	Options
	chart        *renderer
	keys         []*key
	components   []*component
	placeholders []string // paths of required files that got a placeholder
	asIs         *rendering
	clear        settings // the empty values
	cleared      *rendering
	orders       map[Part][]rank
	schema       schema
	profile      *chart.Profile
	nearest      *chart.Profile // the most similar known one
	like         Likeness
	shapesLeft   []*key // that could be mappings or lists, and were not tried
}

func newInspection(ctx context.Context, o Options) (*inspection, error) {
	keys, err := candidateKeys(o.Profiles, values.Coalesce(o.Chart.Values, o.Values), o.Chart.Values)
	if err != nil {
		return nil, err
	}
	markers := model.Map(keys, func(k *key) string { return k.marker })
	c := o.Chart
	id := strings.Join(strings.SplitN(c.Version, ".", 3)[:min(2, strings.Count(c.Version, ".")+1)], ".")
	return &inspection{Options: o, chart: newRenderer(ctx, o, markers), keys: keys, orders: map[Part][]rank{},
		profile: &chart.Profile{Entry: chart.Entry{ID: id, Title: id, Summary: "found by inspect in chart " + c.Version},
			Name: c.Name, Version: c.Version, AppVersion: c.AppVersion}}, nil
}

// Run inspects the chart. The error is a *RefusedError when helm refuses the chart as it is.
func Run(ctx context.Context, o Options) (*Report, error) {
	version, err := o.Helm.Version(ctx)
	if err != nil {
		return nil, err
	}
	n, err := newInspection(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := n.run(); err != nil {
		return nil, err
	}
	out := n.report(version)
	out.Draft, err = n.draft(version)
	return out, err
}

// run does the steps; each needs what the ones before it found.
func (n *inspection) run() error {
	steps := []struct {
		what string
		run  func()
	}{
		{"rendering the chart as it is", n.renderAsIs},
		{"emptying the defaults", n.empty},
		{"reading the schema", n.findSchema},
		{"finding the keys that the chart reads", n.findKeys},
		{"trying the switches", n.findSwitches},
		{"finding what each key sets", n.findReach},
		{"finding which key overrides which", n.findOrders},
		{"trying numbers and templates", n.findTypes},
		{"writing the profile", n.fillProfile},
		{"finding what must be a mapping or a list", n.findShapes},
	}
	for i, step := range steps {
		n.chart.begin(func(what string) {
			if n.Progress != nil {
				n.Progress(i, len(steps), what)
			}
		}, step.what)
		step.run()
		if err := n.chart.failure(); err != nil {
			return err
		}
	}
	return nil
}

// renderAsIs renders the chart with its own and the user's values. Files that it requires and a profile knows get a
// placeholder.
func (n *inspection) renderAsIs() {
	n.asIs = n.chart.render(nil)
	for _, p := range n.Profiles {
		isRequired := func(file chart.InstallFile) bool { return strings.Contains(n.asIs.refused, file.Path) }
		if len(n.placeholders) == 0 && slices.ContainsFunc(p.Install.Files, isRequired) {
			n.addPlaceholders(p.Install)
		}
	}
	switch {
	case n.asIs.refused != "":
		n.chart.fail(&RefusedError{n.asIs.refused})
	case len(n.asIs.containers) == 0:
		n.chart.fail(fmt.Errorf("helm renders no pod from %s: there is no image to set\nhint: if one of its values "+
			"enables them, pass it with --set", n.Chart.Path))
	}
	n.components = nameComponents(n.Profiles, n.asIs)
}

func (n *inspection) addPlaceholders(install chart.Install) {
	files, err := values.Load(install.BaseValues()...)
	if err != nil {
		n.chart.fail(err)
		return
	}
	n.chart.base = values.Coalesce(files.Map(), n.chart.base)
	n.profile.Install.Files = install.Files
	n.placeholders = model.Map(install.Files, func(f chart.InstallFile) string { return f.Path })
	n.asIs = n.chart.render(nil)
}

// empty clears the keys that have a default. Those that helm refuses to render without stay as they are.
func (n *inspection) empty() {
	n.clear = settings{}
	full := n.keysThat(func(k *key) bool { _, ok := emptied(k.initial); return ok })
	none := func(k *key) any { none, _ := emptied(k.initial); return none }
	mandatory := n.refusals(nil, full, none)
	for _, k := range full {
		if k.mandatory = mandatory[k]; k.mandatory == "" {
			n.clear[k.path] = none(k)
		}
	}
	if n.cleared = n.chart.render(n.clear); n.cleared.refused != "" {
		n.clear, n.cleared = settings{}, n.asIs // helm refuses a combination only: which one stays unknown
	}
}
