package inspect

import (
	"context"
	"slices"
)

// A rank is the keys that reach a part at the same time, before those of the next rank.
type rank []*key

// order learns which key comes first where several reach the same part of a component: all are set, the one that shows
// is taken away, and so on.
func (l *learner) order(ctx context.Context) error {
	var parts []Part
	for _, k := range l.keys {
		if !k.isSwitch {
			parts = merged(parts, places(k.reaches))
		}
	}
	ranks := make([][]rank, len(parts))
	err := together(parts, func(i int, part Part) (err error) {
		ranks[i], err = l.ranks(ctx, part)
		return err
	})
	for i, part := range parts {
		l.orders[part] = ranks[i]
	}
	return err
}

// places are the parts by where they stand: a digest and a tag are in one place, and one of them comes first.
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

func (l *learner) ranks(ctx context.Context, part Part) ([]rank, error) {
	var keys rank
	given := l.clear
	for _, k := range l.keys {
		if !k.isSwitch && slices.Contains(places(k.reaches), part) {
			keys = append(keys, k)
			given = given.and(l.with(k.needs))
		}
	}
	var out []rank
	for len(keys) > 1 {
		first, err := l.winners(ctx, given, part, keys)
		if err != nil {
			return nil, err
		}
		if len(first) == 0 {
			break // they hide one another in a way that is no order
		}
		out = append(out, first)
		keys = slices.DeleteFunc(keys, func(k *key) bool { return slices.Contains(first, k) })
	}
	if len(keys) > 0 {
		out = append(out, keys)
	}
	return out, nil
}

// winners are the keys that reach a part when all are set.
func (l *learner) winners(ctx context.Context, given settings, part Part, keys rank) (rank, error) {
	set := given
	for _, k := range keys {
		set = set.and(settings{k.path: k.value})
	}
	var out rank
	for _, k := range keys {
		others, probe := set, *k
		if k.byEffect { // one policy for it, another for all others
			for _, other := range keys {
				others = others.and(settings{other.path: k.policies[0]})
			}
			probe.value = k.policies[1]
		}
		parts, err := l.reach(ctx, others, &probe)
		if err != nil {
			return nil, err
		}
		if slices.Contains(places(parts), part) {
			out = append(out, k)
		}
	}
	return out, nil
}
