package inspect

import (
	"context"
	"slices"
)

// reach are the parts that a key's value reaches, laid over the settings given.
func (l *learner) reach(ctx context.Context, given settings, k *key) ([]Part, error) {
	got, err := l.chart.render(ctx, given.and(settings{k.path: k.value}))
	if err != nil || got.refused != "" {
		return nil, err
	}
	if !k.byEffect {
		return got.reached(l.components, k.marker), nil
	}
	before, err := l.chart.render(ctx, given)
	if err != nil || before.refused != "" {
		return nil, err
	}
	return changed(l.components, before, got), nil
}

// findSwitches turns each switch over: in the chart as it is, in the cleared one, and with all keys set. Those that
// change something may let other keys reach something, which are tried again.
func (l *learner) findSwitches(ctx context.Context) error {
	all := l.clear
	for _, k := range l.keys {
		if k.value != nil {
			all = all.and(settings{k.path: k.value})
		}
	}
	var switches []*key
	for _, k := range l.keys {
		if k.isSwitch {
			on, _ := k.standing.(bool)
			k.value = !on
			switches = append(switches, k)
		}
	}
	err := together(switches, func(_ int, k *key) error { return l.turnOver(ctx, k, all) })
	if err != nil {
		return err
	}
	for _, k := range switches {
		if len(k.reaches) == 0 {
			k.value = nil
			continue
		}
		if err := l.findIn(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

func (l *learner) turnOver(ctx context.Context, k *key, all settings) error {
	for i, given := range []settings{{}, l.clear, all} {
		got, err := l.chart.render(ctx, given.and(settings{k.path: k.value}))
		if err != nil {
			return err
		}
		if got.refused != "" {
			k.refused = got.refused
			continue
		}
		k.accepted = true
		parts, err := l.reach(ctx, given, k)
		if err != nil {
			return err
		}
		k.reaches = merged(k.reaches, parts)
		if i == 0 {
			k.asIs = parts
		}
	}
	return nil
}

// findReach finds what each key that reaches something reaches alone, in the cleared chart and in the chart as it is.
func (l *learner) findReach(ctx context.Context) error {
	found := slices.DeleteFunc(slices.Clone(l.keys), func(k *key) bool { return k.isSwitch || k.value == nil })
	return together(found, func(_ int, k *key) (err error) {
		if k.asIs, err = l.reach(ctx, settings{}, k); err != nil {
			return err
		}
		own, err := l.reach(ctx, l.with(k.needs), k)
		if err == nil && len(own) == 0 && len(k.asIs) == 0 {
			own, err = l.findCompanion(ctx, k, found)
		}
		k.reaches = merged(own, k.asIs)
		return err
	})
}

// findCompanion finds the key without which another reaches nothing.
func (l *learner) findCompanion(ctx context.Context, k *key, found []*key) ([]Part, error) {
	for _, other := range found {
		if other == k || other.needs != nil {
			continue
		}
		given := l.with(k.needs).and(settings{other.path: other.value})
		parts, err := l.reach(ctx, given, k)
		if err != nil {
			return nil, err
		}
		if len(parts) > 0 {
			k.needs = other
			return parts, nil
		}
	}
	return nil, nil
}

// merged are the parts of both, each once.
func merged(a, b []Part) []Part {
	out := slices.Clone(a)
	for _, part := range b {
		if !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}
