package inspect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/image"
)

// profile is what was learnt as a chart profile: its components, pull secrets and the secrets that it makes.
func (l *learner) profile(ctx context.Context) (*chart.Profile, error) {
	c := l.options.Chart
	out := &chart.Profile{ID: l.id(), Name: c.Name, Version: c.Version, AppVersion: c.AppVersion}
	for _, component := range l.components {
		found, err := l.component(ctx, component)
		if err != nil {
			return nil, err
		}
		l.found = append(l.found, found)
		if component.main {
			out.Components = append(out.Components, found)
		}
	}
	var err error
	if out.Pulls, err = l.pulls(ctx); err != nil {
		return nil, err
	}
	out.Install = l.install
	l.tellApart(out.Components)
	out.Secrets, err = l.secrets(ctx)
	return out, err
}

// component is where a component's image and policy come from: the keys in their order, then what is left when all of
// them are empty.
func (l *learner) component(ctx context.Context, c *component) (chart.Component, error) {
	out := chart.Component{Name: c.Name, Registry: l.chain(c, partRegistry), Repository: l.chain(c, partRepository),
		Tag: l.chain(c, partTag), PullPolicy: l.chain(c, partPolicy)}
	left := l.cleared.find(c)
	if left == nil {
		return out, fmt.Errorf("the container %s is gone when all keys are empty: what stands in for them can't be seen",
			c.Name)
	}
	name, tag := image.SplitTag(left.image)
	if tag = strings.TrimPrefix(tag, ":"); tag == l.options.Chart.AppVersion && tag != "" {
		tag = "Chart.AppVersion"
	}
	registry := ""
	if len(out.Registry.Paths) > 0 {
		k := l.key(out.Registry.Paths[0])
		with, err := l.chart.render(ctx, l.with(k.needs).and(settings{k.path: k.value}))
		if err != nil {
			return out, err
		}
		if p := with.find(c); p != nil {
			_, below, _ := strings.Cut(p.image, k.marker+"/")
			below, _ = image.SplitTag(below)
			registry, name = strings.TrimSuffix(strings.TrimSuffix(name, below), "/"), below
		}
	}
	for _, part := range []struct {
		chain *chart.Chain
		left  string
	}{{&out.Registry, registry}, {&out.Repository, name}, {&out.Tag, tag}, {&out.PullPolicy, left.policy}} {
		if !slices.ContainsFunc(part.chain.Paths, func(path string) bool { return l.mandatory[l.key(path)] != "" }) {
			part.chain.Else = part.left
		}
	}
	return out, nil
}

// chain is the keys of a part without what stands in for them.
func (l *learner) chain(c *component, part string) chart.Chain {
	var out chart.Chain
	for _, rank := range l.orders[Part{c.Name, part}] {
		for _, k := range rank {
			if k.needs != nil || !slices.Contains(k.reaches, Part{c.Name, part}) {
				continue
			}
			out.Paths = append(out.Paths, k.path)
			out.Tpl = out.Tpl || k.tpl
			out.Text = out.Text || strings.Contains(k.number, "wrong type for value; expected string")
		}
	}
	return out
}

// tellApart says how the pod of each component is known: by the container, where no two have one of that name, else by
// how its own name ends.
func (l *learner) tellApart(components []chart.Component) {
	for i := range components {
		c := l.components[slices.IndexFunc(l.components, func(c *component) bool { return c.Name == components[i].Name })]
		if c.alone {
			components[i].Pod.Container = c.Container
			continue
		}
		for _, other := range l.components {
			if end, ok := strings.CutPrefix(c.Pod, other.Pod); ok && end != "" {
				components[i].Pod.Suffix = end
			}
		}
	}
}

func (l *learner) key(path string) *key {
	for _, k := range l.keys {
		if k.path == path {
			return k
		}
	}
	return &key{path: path}
}
