package inspect

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// pulls are the rules for what the pods' imagePullSecrets name, by those of the first component.
func (l *learner) pulls(ctx context.Context) ([]chart.PullSecret, error) {
	c := l.components[0]
	var out []chart.PullSecret
	left := secretsOf(l.cleared, c)
	for _, rank := range l.orders[Part{c.Name, partPull}] {
		for _, k := range rank {
			if _, isText := k.value.(string); !isText {
				continue
			}
			off, err := l.chart.render(ctx, l.with(k.needs))
			if err != nil {
				return nil, err
			}
			rule := chart.PullSecret{When: conditions(k.needs), Path: k.path}
			if l.mandatory[k] == "" && slices.Equal(secretsOf(off, c), left) { // an empty one counts as none
				rule.When = append(rule.When, chart.Condition(k.path))
			}
			out = append(out, rule)
		}
	}
	if len(left) > 0 && left[0] != "" {
		out = append(out, chart.PullSecret{Literal: left[0]})
	}
	return out, nil
}

func secretsOf(s *seen, c *component) []string {
	if p := s.find(c); p != nil {
		return p.secrets
	}
	return nil
}

// conditions hold while a key has what lets another reach something; none for nil.
func conditions(k *key) []chart.Condition {
	if k == nil {
		return nil
	}
	return append(conditions(k.needs), k.condition(true))
}

// condition holds while a key is set, or a switch turned over; the opposite holds while it is not.
func (k *key) condition(set bool) chart.Condition {
	if on := k.value != any(false); set != on {
		return chart.Condition("!" + k.path)
	}
	return chart.Condition(k.path)
}

// made is a pull secret that the chart makes, and the settings with which it does.
type made struct {
	secret chart.Secret
	name   string // or the marker in it
	given  settings
}

// secrets are the pull secrets that the chart makes, each with what lets it be made and what prevents it.
func (l *learner) secrets(ctx context.Context) ([]chart.Secret, error) {
	all, err := l.madeSecrets(ctx)
	if err != nil {
		return nil, err
	}
	var out []chart.Secret
	for _, m := range all {
		for _, k := range l.keys {
			if k.value == nil || reflect.DeepEqual(m.given[k.path], k.value) ||
				!slices.ContainsFunc(k.reaches, func(p Part) bool { return p.Name == partPull || p.Name == partMade }) {
				continue
			}
			with, err := l.chart.render(ctx, m.given.and(settings{k.path: k.value}))
			if err != nil {
				return nil, err
			}
			if with.refused == "" && !with.makes(m.name) {
				m.secret.When = append(m.secret.When, k.condition(false))
			}
		}
		out = append(out, m.secret)
	}
	return out, nil
}

// madeSecrets are those with a fixed name, in the cleared chart and with each switch, and those that a key names.
func (l *learner) madeSecrets(ctx context.Context) ([]made, error) {
	var out []made
	for _, k := range l.keys {
		if k.isSwitch || k.value == nil || !slices.Contains(k.reaches, Part{"", partMade}) {
			continue
		}
		off, err := l.chart.render(ctx, l.with(k.needs))
		if err != nil {
			return nil, err
		}
		when := conditions(k.needs)
		if l.mandatory[k] == "" && !slices.Contains(off.made, "") {
			when = append(when, k.condition(true))
		}
		given := l.with(k.needs).and(settings{k.path: k.value})
		out = append(out, made{chart.Secret{When: when, Path: k.path}, k.marker, given})
	}
	return l.fixedSecrets(ctx, out)
}

// fixedSecrets adds those that no key names: in the cleared chart, and with each switch.
func (l *learner) fixedSecrets(ctx context.Context, out []made) ([]made, error) {
	switches := []*key{nil}
	for _, k := range l.keys {
		if k.isSwitch && k.value != nil {
			switches = append(switches, k)
		}
	}
	for _, k := range switches {
		given := l.with(k)
		s, err := l.chart.render(ctx, given)
		if err != nil {
			return nil, err
		}
		for _, name := range s.made {
			known := slices.ContainsFunc(out, func(m made) bool { return m.name == name })
			if name != "" && !known {
				out = append(out, made{chart.Secret{When: conditions(k), Literal: name}, name, given})
			}
		}
	}
	return out, nil
}

// makes tells whether a pull secret is made whose name has the text in it.
func (s *seen) makes(name string) bool {
	return slices.ContainsFunc(s.made, func(made string) bool { return strings.Contains(made, name) })
}
