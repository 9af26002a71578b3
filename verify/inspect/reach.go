package inspect

import (
	"slices"

	"conductor-registry/model"
)

// reach returns the parts that a key's value sets on top of the settings.
func (n *inspection) reach(base settings, k *key) []Part {
	return n.chart.render(base.and(settings{k.path: k.value})).partsOf(k.marker, n.components)
}

// findReach finds what each key sets alone in the cleared chart, together with the chart's own values, and if that is
// nothing, together with another key.
func (n *inspection) findReach() {
	found := n.found()
	inParallel(found, func(_ int, k *key) { k.reaches = n.reach(n.with(k.needs), k) })
	inParallel(independent(found), func(_ int, group []*key) {
		got := n.chart.render(set(group, value))
		for _, k := range group {
			if k.asIs = got.partsOf(k.marker, n.components); !slices.Equal(k.asIs, k.reaches) {
				k.asIs = n.reach(nil, k) // a default or another key of the group overrides it
			}
		}
	})
	companions := make([]*key, len(found))
	inParallel(found, func(i int, k *key) {
		if len(k.reaches) == 0 && len(k.asIs) == 0 {
			companions[i] = n.findCompanion(k, found)
		}
	})
	for i, k := range found {
		if companions[i] != nil {
			k.needs = companions[i]
			k.reaches = n.reach(n.with(k.needs), k)
		}
		k.reaches = model.AddNew(k.reaches, k.asIs...)
	}
}

// independent returns the keys in groups that can be set at once, since no two keys of a group set the same part. A key
// that nothing is known about, or that accepts nothing but a policy, is a group of its own.
func independent(keys []*key) [][]*key {
	var groups [][]*key
	for _, k := range keys {
		at := slices.IndexFunc(groups, func(group []*key) bool {
			return !slices.ContainsFunc(group, func(other *key) bool {
				return k.isAlone() || other.isAlone() || slices.ContainsFunc(k.reaches, func(p Part) bool {
					return other.sets(p.place())
				})
			})
		})
		if at < 0 {
			at = len(groups)
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], k)
	}
	return groups
}

// isAlone reports whether the key cannot be set together with others.
func (k *key) isAlone() bool { return k.isPolicy() || len(k.reaches) == 0 }

// sets reports whether the key sets a part; for a tag also whether it sets a digest.
func (k *key) sets(part Part) bool {
	return slices.ContainsFunc(k.reaches, func(p Part) bool { return p.place() == part })
}

// findCompanion returns the first key without which another one sets nothing, or nil.
func (n *inspection) findCompanion(k *key, found []*key) *key {
	for _, other := range found {
		if other != k && other.needs == nil && len(n.reach(n.with(other), k)) > 0 {
			return other
		}
	}
	return nil
}

// A rank is the keys that set a part at the same time. It overrides the ranks after it.
type rank []*key

// findOrders finds which key wins where several set the same part: all are set, the one that shows is taken out, and
// so on.
func (n *inspection) findOrders() {
	var parts []Part
	for _, k := range n.found() {
		for _, part := range k.reaches {
			parts = model.AddNew(parts, part.place())
		}
	}
	orders := make([][]rank, len(parts))
	inParallel(parts, func(i int, part Part) { orders[i] = n.orderOf(part) })
	for i, part := range parts {
		n.orders[part] = orders[i]
	}
}

func (n *inspection) orderOf(part Part) []rank {
	var keys rank
	base := n.clear
	for _, k := range n.found() {
		if k.sets(part) {
			keys = append(keys, k)
			base = base.and(n.with(k.needs))
		}
	}
	var out []rank
	for len(keys) > 1 {
		first := n.winners(base, part, keys)
		if len(first) == 0 {
			break // each hides the others in some way that is not an order
		}
		out = append(out, first)
		keys = slices.DeleteFunc(keys, func(k *key) bool { return slices.Contains(first, k) })
	}
	if len(keys) > 0 {
		out = append(out, keys)
	}
	return out
}

// winners returns the keys that set a part when all are set.
func (n *inspection) winners(base settings, part Part, keys rank) rank {
	var out rank
	for _, k := range keys {
		others, trial := base.and(set(keys, value)), *k
		if k.isPolicy() { // one policy for this key, another for all others
			rest := slices.DeleteFunc(slices.Clone(k.policies), func(policy string) bool { return policy == k.marker })
			others = base.and(set(keys, func(*key) any { return rest[0] }))
		}
		trial.reaches = n.reach(others, &trial)
		if trial.sets(part) {
			out = append(out, k)
		}
	}
	return out
}
