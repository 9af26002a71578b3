package inspect

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
)

// fillProfile fills the chart's profile, beginning with what decides which known profile is the nearest.
func (n *inspection) fillProfile() {
	for _, c := range n.components {
		n.findChains(c)
		if c.isMain {
			n.profile.Components = append(n.profile.Components, c.chains)
		}
	}
	n.profile.Pulls, n.profile.Secrets = n.pulls(), n.secrets()
	n.findNearest()
	n.addSettings()
	n.addMethods()
	n.addRules()
}

// findChains finds where a component's image and policy come from: the keys in their order, then what is left when all
// of them are empty.
func (n *inspection) findChains(c *component) {
	left := n.cleared.find(c)
	if left.Container == "" {
		n.chart.fail(fmt.Errorf("the container %s is missing when all keys are empty: its defaults cannot be found", c.Name))
	}
	out := chart.Component{Name: c.Name, Registry: n.chain(c, partRegistry), Repository: n.chain(c, partRepository),
		Tag: n.chain(c, partTag), PullPolicy: n.chain(c, partPolicy), Pod: n.podOf(c)}
	name, tag := splitTag(left.Image)
	if tag == n.Chart.AppVersion && tag != "" {
		tag = "Chart.AppVersion"
	}
	registry := ""
	if len(out.Registry.Paths) > 0 {
		k := n.key(out.Registry.Paths[0])
		_, below, _ := strings.Cut(n.chart.render(n.with(k)).find(c).Image, k.marker+"/")
		below, _ = splitTag(below)
		registry, name = strings.TrimSuffix(strings.TrimSuffix(name, below), "/"), below
	}
	for _, part := range []struct {
		chain *chart.Chain
		left  string
	}{{&out.Registry, registry}, {&out.Repository, name}, {&out.Tag, tag}, {&out.PullPolicy, left.PullPolicy}} {
		if !slices.ContainsFunc(part.chain.Paths, func(path string) bool { return n.key(path).mandatory != "" }) {
			part.chain.Else = part.left
		}
	}
	c.chains = out
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
func (n *inspection) inOrder(part Part) []*key { return slices.Concat(n.orders[part]...) }

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
func (n *inspection) pulls() []chart.PullSecret {
	c := n.components[0]
	left := n.cleared.find(c).PullSecrets
	var out []chart.PullSecret
	for _, keys := range n.orders[Part{c.Name, partPull}] {
		keys = slices.Clone(keys)
		all := n.clear
		for _, k := range keys {
			all = all.and(n.with(k))
		}
		shown := n.chart.render(all).find(c).PullSecrets
		slices.SortStableFunc(keys, func(a, b *key) int { return indexOf(shown, a.marker) - indexOf(shown, b.marker) })
		for i, k := range keys {
			rule := chart.PullSecret{When: conditions(k.needs), Path: k.path, List: !k.isText(), Beside: i < len(keys)-1}
			off := n.chart.render(n.with(k.needs)).find(c).PullSecrets
			if k.mandatory == "" && slices.Equal(off, left) { // when it is empty, the next rule applies
				rule.When = append(rule.When, chart.Condition(k.path))
			}
			out = append(out, rule)
		}
	}
	if len(left) > 0 && left[0] != "" {
		out = append(out, chart.PullSecret{Literal: left[0]})
	}
	return out
}

// createdSecret is a pull secret that the chart creates, and the settings with which it does.
type createdSecret struct {
	chart.Secret
	shows string // the name, or the marker in it
	base  settings
}

// secrets returns the pull secrets that the chart creates, with the conditions for and against.
func (n *inspection) secrets() []chart.Secret {
	var out []chart.Secret
	for _, created := range n.createdSecrets() {
		for _, k := range n.keys {
			_, isSet := created.base[k.path]
			if isSet && k.path == created.Path || k.value == nil || !k.reachesAny(partPull, partMade) ||
				slices.Contains(created.When, k.condition(true)) {
				continue
			}
			with := n.chart.render(created.base.and(settings{k.path: k.value}))
			if with.refused == "" && !with.makes(created.shows) {
				created.When = append(created.When, k.condition(false))
			}
		}
		out = append(out, created.Secret)
	}
	return out
}

// createdSecrets returns those whose name a key sets, then those with a fixed name: in the cleared chart and with each
// switch toggled.
func (n *inspection) createdSecrets() []createdSecret {
	var out []createdSecret
	for _, k := range n.found() {
		if !k.reachesAny(partMade) {
			continue
		}
		when := conditions(k.needs)
		if off := n.chart.render(n.with(k.needs)); k.mandatory == "" && !slices.Contains(off.made, "") {
			when = append(when, k.condition(true))
		}
		out = append(out, createdSecret{chart.Secret{When: when, Path: k.path}, k.marker, n.with(k)})
	}
	switches := n.keysThat(func(k *key) bool { return k.isSwitch && k.value != nil })
	for _, k := range append([]*key{nil}, switches...) {
		for _, name := range n.chart.render(n.with(k)).made {
			isKnown := slices.ContainsFunc(out, func(c createdSecret) bool { return c.shows == name })
			if name != "" && !isKnown {
				out = append(out, createdSecret{chart.Secret{When: conditions(k), Literal: name}, name, n.with(k)})
			}
		}
	}
	return out
}

func texts(conditions []chart.Condition) []string {
	return model.Map(conditions, func(c chart.Condition) string { return string(c) })
}
