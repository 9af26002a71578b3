package inspect

import (
	"context"
	"slices"
)

// reach returns the parts that a key's value sets on top of the settings.
func (n *inspection) reach(ctx context.Context, base settings, k *key) ([]Part, error) {
	got, err := n.chart.render(ctx, base.and(settings{k.path: k.value}))
	if err != nil || got.refused != "" {
		return nil, err
	}
	if !k.byEffect {
		return got.partsOf(k.marker, n.components), nil
	}
	before, err := n.chart.render(ctx, base)
	if err != nil || before.refused != "" {
		return nil, err
	}
	parts, _ := changed(n.components, before, got)
	return parts, nil
}

// findReach finds what each key sets alone in the cleared chart, and beside the chart's own values.
func (n *inspection) findReach(ctx context.Context) error {
	found := n.found()
	err := together(found, func(_ int, k *key) (err error) {
		k.reaches, err = n.reach(ctx, n.with(k.needs), k)
		return err
	})
	if err != nil {
		return err
	}
	if err := n.findReachAsIs(ctx, found); err != nil {
		return err
	}
	return together(found, func(_ int, k *key) (err error) {
		if len(k.reaches) == 0 && len(k.asIs) == 0 {
			k.reaches, err = n.findCompanion(ctx, k, found)
		}
		k.reaches = merged(k.reaches, k.asIs)
		return err
	})
}

func (n *inspection) findReachAsIs(ctx context.Context, found []*key) error {
	return together(apart(found), func(_ int, group []*key) error {
		got, err := n.chart.render(ctx, set(group, value))
		if err != nil {
			return err
		}
		for _, k := range group {
			if k.asIs = got.partsOf(k.marker, n.components); slices.Equal(k.asIs, k.reaches) {
				continue
			}
			if k.asIs, err = n.reach(ctx, nil, k); err != nil { // a default or another key of the group overrides it
				return err
			}
		}
		return nil
	})
}

// apart returns the keys in groups that can be set at once, since no two keys of a group set the same part. A key that
// nothing is known about, or whose value contains no marker, is a group of its own.
func apart(keys []*key) [][]*key {
	var groups [][]*key
	var taken [][]Part
next:
	for _, k := range keys {
		parts := places(k.reaches)
		if len(parts) > 0 && !k.byEffect {
			for i := range groups {
				if len(taken[i]) > 0 && !slices.ContainsFunc(parts, func(p Part) bool { return slices.Contains(taken[i], p) }) {
					groups[i], taken[i] = append(groups[i], k), append(taken[i], parts...)
					continue next
				}
			}
		} else {
			parts = nil
		}
		groups, taken = append(groups, []*key{k}), append(taken, parts)
	}
	return groups
}

// findCompanion finds the key that another one needs to set anything, and returns what it sets then.
func (n *inspection) findCompanion(ctx context.Context, k *key, found []*key) ([]Part, error) {
	for _, other := range found {
		if other == k || other.needs != nil {
			continue
		}
		parts, err := n.reach(ctx, n.with(k.needs).and(settings{other.path: other.value}), k)
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

// places returns the parts with the tag for a digest: both stand in one place, and one of them wins.
func places(parts []Part) []Part {
	var out []Part
	for _, part := range parts {
		if part.Name == partDigest {
			part.Name = partTag
		}
		out = merged(out, []Part{part})
	}
	return out
}

// A rank is the keys that set a part at the same time. It overrides the ranks after it.
type rank []*key

// findOrders finds which key wins where several set the same part: all are set, the one that shows is taken out, and
// so on.
func (n *inspection) findOrders(ctx context.Context) error {
	var parts []Part
	for _, k := range n.found() {
		parts = merged(parts, places(k.reaches))
	}
	orders := make([][]rank, len(parts))
	err := together(parts, func(i int, part Part) (err error) {
		orders[i], err = n.orderOf(ctx, part)
		return err
	})
	for i, part := range parts {
		n.orders[part] = orders[i]
	}
	return err
}

func (n *inspection) orderOf(ctx context.Context, part Part) ([]rank, error) {
	var keys rank
	base := n.clear
	for _, k := range n.found() {
		if slices.Contains(places(k.reaches), part) {
			keys = append(keys, k)
			base = base.and(n.with(k.needs))
		}
	}
	var out []rank
	for len(keys) > 1 {
		first, err := n.winners(ctx, base, part, keys)
		if err != nil {
			return nil, err
		}
		if len(first) == 0 {
			break // each hides the others in some way that is not an order
		}
		out = append(out, first)
		keys = slices.DeleteFunc(keys, func(k *key) bool { return slices.Contains(first, k) })
	}
	if len(keys) > 0 {
		out = append(out, keys)
	}
	return out, nil
}

// winners returns the keys that set a part when all are set.
func (n *inspection) winners(ctx context.Context, base settings, part Part, keys rank) (rank, error) {
	var out rank
	for _, k := range keys {
		others, trial := base.and(set(keys, value)), *k
		if k.byEffect { // one policy for this key, another for all others
			others = base.and(set(keys, func(*key) any { return k.policies[0] }))
			trial.value = k.policies[1]
		}
		parts, err := n.reach(ctx, others, &trial)
		if err != nil {
			return nil, err
		}
		if slices.Contains(places(parts), part) {
			out = append(out, k)
		}
	}
	return out, nil
}
