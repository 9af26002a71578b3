package inspect

import (
	"context"
	"fmt"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// learner finds out what the keys do. Two states of the chart are compared: as it is, and cleared, with every candidate
// that has a value emptied, so that nothing comes before the key that is tried.
type learner struct {
	options    Options
	chart      *renderer
	keys       []*key
	components []*component
	standIns   []string // the required files that something stands in for
	install    chart.Install
	asIs       *seen
	clear      settings // what empties the keys
	cleared    *seen
	mandatory  map[*key]string // keys that may not be emptied, and helm's words
	orders     map[Part][]rank // the keys of each part in their order
	schema     schema
	found      []chart.Component // what was learnt of each component
}

func newLearner(o Options) (*learner, error) {
	keys, err := gather(o.Profiles, under(o.Values, o.Chart.Values), o.Chart.Values)
	if err != nil {
		return nil, err
	}
	markers := make([]string, len(keys))
	for i, k := range keys {
		markers[i] = k.marker
	}
	return &learner{options: o, chart: newRenderer(o, markers), keys: keys, mandatory: map[*key]string{},
		orders: map[Part][]rank{}}, nil
}

// learn asks in the order in which answers build on one another.
func (l *learner) learn(ctx context.Context) error {
	steps := []struct {
		what string
		run  func(context.Context) error
	}{
		{"rendering the chart as it is", l.first},
		{"emptying the default values", l.empty},
		{"reading the schema", l.findSchema},
		{"finding the keys that the chart reads", l.findKeys},
		{"trying the switches", l.findSwitches},
		{"finding what each key sets", l.findReach},
		{"finding which key overrides which", l.order},
		{"trying numbers and templates", l.findTypes},
	}
	for i, step := range steps {
		l.chart.begin(i, len(steps), step.what)
		if err := step.run(ctx); err != nil {
			return err
		}
	}
	return nil
}

// RefusedError is that helm does not render the chart as it is.
type RefusedError struct{ Said string } // in helm's words

// Error is helm's reason, and what may mend it.
func (e *RefusedError) Error() string {
	return "helm does not render this chart: " + e.Said +
		"\nhint: give it what it wants, as for an installation: -f FILE, --set KEY=VALUE or --set-file KEY=FILE"
}

// first renders the chart as it is. Files that it requires and that a profile knows of are stood in for.
func (l *learner) first(ctx context.Context) error {
	var err error
	if l.asIs, err = l.chart.render(ctx, nil); err != nil {
		return err
	}
	for _, p := range l.options.Profiles {
		for _, file := range p.Install.Files {
			if l.asIs.refused != "" && strings.Contains(l.asIs.refused, file.Path) && len(l.standIns) == 0 {
				if err := l.standIn(ctx, p.Install); err != nil {
					return err
				}
			}
		}
	}
	switch {
	case l.asIs.refused != "":
		return &RefusedError{l.asIs.refused}
	case len(l.asIs.programs) == 0:
		return fmt.Errorf("helm renders no pod from %s: there is no image to set\nhint: if one of its values turns them on, "+
			"give it with --set", l.options.Chart.Path)
	}
	l.components = name(l.options.Profiles, l.asIs)
	return nil
}

func (l *learner) standIn(ctx context.Context, install chart.Install) (err error) {
	source, _ := install.Placeholders()
	files, err := values.Load(source)
	if err != nil {
		return err
	}
	l.chart.base = under(l.chart.base, files.Map())
	l.install.Files = install.Files
	for _, file := range install.Files {
		l.standIns = append(l.standIns, file.Path)
	}
	l.asIs, err = l.chart.render(ctx, nil)
	return err
}

// empty clears the keys that have a value. What may not be emptied stays.
func (l *learner) empty(ctx context.Context) error {
	l.clear = settings{}
	var full []*key
	for _, k := range l.keys {
		if none, ok := empty(k.standing); ok {
			full = append(full, k)
			l.clear[k.path] = none
		}
	}
	var err error
	if l.cleared, err = l.chart.render(ctx, l.clear); err != nil || l.cleared.refused == "" {
		return err
	}
	alone := make([]*seen, len(full))
	err = together(full, func(i int, k *key) (err error) {
		alone[i], err = l.chart.render(ctx, settings{k.path: l.clear[k.path]})
		return err
	})
	if err != nil {
		return err
	}
	for i, k := range full {
		if alone[i].refused != "" {
			l.mandatory[k] = alone[i].refused
			delete(l.clear, k.path)
		}
	}
	if l.cleared, err = l.chart.render(ctx, l.clear); err == nil && l.cleared.refused != "" {
		l.clear, l.cleared = settings{}, l.asIs // only some of them together: what hides a key stays unknown
	}
	return err
}
