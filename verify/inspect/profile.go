package inspect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/image"
)

// profile returns what was found as a chart profile: the components, what they name as pull secrets, and the pull
// secrets that the chart creates. The settings and rules come after the nearest known profile is found.
func (n *inspection) profile(ctx context.Context) (*chart.Profile, error) {
	c := n.options.Chart
	out := &chart.Profile{ID: n.id(), Title: n.id(), Summary: "found by inspect in chart " + c.Version, Name: c.Name,
		Version: c.Version, AppVersion: c.AppVersion, Install: n.install}
	for _, component := range n.components {
		if err := n.findChains(ctx, component); err != nil {
			return nil, err
		}
		if component.isMain {
			out.Components = append(out.Components, component.chains)
		}
	}
	var err error
	if out.Pulls, err = n.pulls(ctx); err != nil {
		return nil, err
	}
	out.Secrets, err = n.secrets(ctx)
	return out, err
}

// id returns the first two numbers of the chart's version.
func (n *inspection) id() string {
	numbers := strings.SplitN(n.options.Chart.Version, ".", 3)
	return strings.Join(numbers[:min(2, len(numbers))], ".")
}

// findChains finds where a component's image and policy come from: the keys in their order, then what is left when all
// of them are empty.
func (n *inspection) findChains(ctx context.Context, c *component) error {
	left := n.cleared.find(c)
	if left == nil {
		return fmt.Errorf("the container %s is missing when all keys are empty: its defaults cannot be found", c.Name)
	}
	out := chart.Component{Name: c.Name, Registry: n.chain(c, partRegistry), Repository: n.chain(c, partRepository),
		Tag: n.chain(c, partTag), PullPolicy: n.chain(c, partPolicy), Pod: n.podOf(c)}
	name, tag := splitTag(left.image)
	if tag == n.options.Chart.AppVersion && tag != "" {
		tag = "Chart.AppVersion"
	}
	registry := ""
	if len(out.Registry.Paths) > 0 {
		k := n.key(out.Registry.Paths[0])
		with, err := n.chart.render(ctx, n.with(k.needs).and(settings{k.path: k.value}))
		if err != nil {
			return err
		}
		if found := with.find(c); found != nil {
			_, below, _ := strings.Cut(found.image, k.marker+"/")
			below, _ = splitTag(below)
			registry, name = strings.TrimSuffix(strings.TrimSuffix(name, below), "/"), below
		}
	}
	for _, part := range []struct {
		chain *chart.Chain
		left  string
	}{{&out.Registry, registry}, {&out.Repository, name}, {&out.Tag, tag}, {&out.PullPolicy, left.policy}} {
		if !slices.ContainsFunc(part.chain.Paths, func(path string) bool { return n.key(path).mandatory != "" }) {
			part.chain.Else = part.left
		}
	}
	c.chains = out
	return nil
}

func splitTag(ref string) (name, tag string) {
	name, suffix := image.SplitTag(ref)
	return name, strings.TrimPrefix(suffix, ":")
}

// chain returns the keys of a part, without what replaces them when they are empty.
func (n *inspection) chain(c *component, part string) chart.Chain {
	var out chart.Chain
	for _, k := range n.inOrder(Part{c.Name, part}) {
		if k.needs != nil || !slices.Contains(k.reaches, Part{c.Name, part}) {
			continue
		}
		out.Paths = append(out.Paths, k.path)
		out.Tpl = out.Tpl || k.isTpl
		out.Text = out.Text || strings.Contains(k.number, "wrong type for value; expected string")
	}
	return out
}

// inOrder returns the keys that set a part, the one that overrides all others first.
func (n *inspection) inOrder(part Part) []*key {
	var out []*key
	for _, rank := range n.orders[part] {
		out = append(out, rank...)
	}
	return out
}

// podOf returns how to recognise a component's pod: by the container where its name is unique, else by the end of the
// pod's name.
func (n *inspection) podOf(c *component) (out chart.Pod) {
	if c.isUnique {
		return chart.Pod{Container: c.Container}
	}
	for _, other := range n.components {
		if end, ok := strings.CutPrefix(c.Pod, other.Pod); ok && end != "" {
			out.Suffix = end
		}
	}
	return out
}

// pulls returns the rules for imagePullSecrets, those of the first component.
func (n *inspection) pulls(ctx context.Context) ([]chart.PullSecret, error) {
	c := n.components[0]
	left := n.cleared.secretsOf(c)
	var out []chart.PullSecret
	for _, k := range n.inOrder(Part{c.Name, partPull}) {
		if !k.isText() {
			continue
		}
		off, err := n.chart.render(ctx, n.with(k.needs))
		if err != nil {
			return nil, err
		}
		rule := chart.PullSecret{When: conditions(k.needs), Path: k.path}
		if k.mandatory == "" && slices.Equal(off.secretsOf(c), left) { // when it is empty, the next rule applies
			rule.When = append(rule.When, chart.Condition(k.path))
		}
		out = append(out, rule)
	}
	if len(left) > 0 && left[0] != "" {
		out = append(out, chart.PullSecret{Literal: left[0]})
	}
	return out, nil
}

// createdSecret is a pull secret that the chart creates, and the settings with which it does.
type createdSecret struct {
	secret chart.Secret
	name   string // or the marker in it
	base   settings
}

// secrets returns the pull secrets that the chart creates, with the conditions for and against.
func (n *inspection) secrets(ctx context.Context) ([]chart.Secret, error) {
	all, err := n.createdSecrets(ctx)
	if err != nil {
		return nil, err
	}
	var out []chart.Secret
	for _, created := range all {
		for _, k := range n.keys {
			if _, isSet := created.base[k.path]; isSet && k.path == created.secret.Path || k.value == nil ||
				slices.Contains(created.secret.When, k.condition(true)) || !k.reachesAny(partPull, partMade) {
				continue
			}
			with, err := n.chart.render(ctx, created.base.and(settings{k.path: k.value}))
			if err != nil {
				return nil, err
			}
			if with.refused == "" && !with.makes(created.name) {
				created.secret.When = append(created.secret.When, k.condition(false))
			}
		}
		out = append(out, created.secret)
	}
	return out, nil
}

// createdSecrets returns those whose name a key sets, then those with a fixed name: in the cleared chart and with each
// switch turned over.
func (n *inspection) createdSecrets(ctx context.Context) ([]createdSecret, error) {
	var out []createdSecret
	for _, k := range n.found() {
		if !k.reachesAny(partMade) {
			continue
		}
		off, err := n.chart.render(ctx, n.with(k.needs))
		if err != nil {
			return nil, err
		}
		when := conditions(k.needs)
		if k.mandatory == "" && !slices.Contains(off.made, "") {
			when = append(when, k.condition(true))
		}
		out = append(out, createdSecret{chart.Secret{When: when, Path: k.path}, k.marker,
			n.with(k.needs).and(settings{k.path: k.value})})
	}
	return n.fixedSecrets(ctx, out)
}

// fixedSecrets returns the created secrets with those that have a fixed name.
func (n *inspection) fixedSecrets(ctx context.Context, out []createdSecret) ([]createdSecret, error) {
	switches := []*key{nil}
	for _, k := range n.keys {
		if k.isSwitch && k.value != nil {
			switches = append(switches, k)
		}
	}
	for _, k := range switches {
		r, err := n.chart.render(ctx, n.with(k))
		if err != nil {
			return nil, err
		}
		for _, name := range r.made {
			isKnown := slices.ContainsFunc(out, func(c createdSecret) bool { return c.name == name })
			if name != "" && !isKnown {
				out = append(out, createdSecret{chart.Secret{When: conditions(k), Literal: name}, name, n.with(k)})
			}
		}
	}
	return out, nil
}
