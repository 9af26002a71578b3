package inspect

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// A form is a way to write a marker, and its JSON type.
type form struct {
	kind  string
	write func(marker string) any
}

func forms() []form {
	return []form{
		{"string", func(m string) any { return m }},
		{"array", func(m string) any {
			return []any{map[string]any{"name": m, "registry": m, "username": m, "password": m, "email": m}}
		}},
		{"array", func(m string) any { return []any{m} }},
	}
}

// fits reports whether the form is worth trying: a key with a text for its default does not take a list, nor the other
// way round.
func (f form) fits(k *key, s schema) bool {
	_, isText := k.initial.(string)
	_, isList := k.initial.([]any)
	return (!isText || f.kind == "string") && (!isList || f.kind == "array") && s.allows(k.path, f.kind)
}

// refusals returns helm's refusal for each key that it refuses with that value on top of the base. All keys are set at
// once; while helm refuses, the keys that it names are taken out, or each half is tried by itself.
func (n *inspection) refusals(
	ctx context.Context, base settings, keys []*key, value func(*key) any,
) (map[*key]string, error) {
	out := map[*key]string{}
	keys = slices.SortedStableFunc(slices.Values(keys), func(a, b *key) int { // keys of one name often fail together
		return strings.Compare(lastName(a.path), lastName(b.path))
	})
	for len(keys) > 0 {
		got, err := n.chart.render(ctx, base.and(set(keys, value)))
		if err != nil || got.refused == "" {
			return out, err
		}
		if len(keys) == 1 {
			out[keys[0]] = got.refused
			return out, nil
		}
		var rest []*key
		for _, k := range keys {
			if at := strings.Index(got.refused, "at '/"+strings.ReplaceAll(k.path, ".", "/")+"'"); at >= 0 {
				out[k] = got.refused[at:]
			} else {
				rest = append(rest, k)
			}
		}
		if len(rest) < len(keys) {
			keys = rest
			continue
		}
		halves := [][]*key{keys[:len(keys)/2], keys[len(keys)/2:]}
		found := make([]map[*key]string, len(halves))
		err = together(halves, func(i int, half []*key) (err error) {
			found[i], err = n.refusals(ctx, base, half, value)
			return err
		})
		for _, half := range found {
			maps.Copy(out, half)
		}
		return out, err
	}
	return out, nil
}

func set(keys []*key, value func(*key) any) settings {
	out := settings{}
	for _, k := range keys {
		out[k.path] = value(k)
	}
	return out
}

func value(k *key) any { return k.value }

// with returns the settings that clear the chart and enable what a key needs; nil needs nothing.
func (n *inspection) with(needs *key) settings {
	if needs == nil {
		return n.clear
	}
	return n.with(needs.needs).and(settings{needs.path: needs.value})
}

// findKeys finds the keys whose value sets something, and the form that it needs.
func (n *inspection) findKeys(ctx context.Context) error { return n.findBehind(ctx, nil) }

// findBehind tries the keys that set nothing so far while another key, or nil, is set.
func (n *inspection) findBehind(ctx context.Context, needs *key) error {
	for _, form := range forms() {
		keys := slices.DeleteFunc(n.unset(), func(k *key) bool { return !form.fits(k, n.schema) })
		if needs != nil { // what helm refused once it refuses again
			keys = slices.DeleteFunc(keys, func(k *key) bool { return k.refused != "" })
		}
		if err := n.findForm(ctx, needs, keys, form); err != nil {
			return err
		}
	}
	return n.tryPolicies(ctx, needs)
}

// findForm finds the keys that set something in one form. All are set at once; those that show are taken out and the
// others tried again, since the first can override them, until none shows.
func (n *inspection) findForm(ctx context.Context, needs *key, keys []*key, form form) error {
	write := func(k *key) any { return form.write(k.marker) }
	for len(keys) > 0 {
		refused, err := n.refusals(ctx, n.with(needs), keys, write)
		if err != nil {
			return err
		}
		for k, why := range refused {
			k.refuse(why)
		}
		keys = slices.DeleteFunc(keys, func(k *key) bool { return refused[k] != "" })
		got, err := n.chart.render(ctx, n.with(needs).and(set(keys, write)))
		if err != nil {
			return err
		}
		if got.refused != "" && len(keys) > 1 { // helm refuses the combination only
			half := len(keys) / 2
			if err := n.findForm(ctx, needs, slices.Clone(keys[:half]), form); err != nil {
				return err
			}
			return n.findForm(ctx, needs, slices.Clone(keys[half:]), form)
		}
		rest := n.keepShown(got, needs, keys, write)
		if len(rest) == len(keys) {
			return nil
		}
		keys = rest
	}
	return nil
}

// keepShown keeps the values of the keys that show in a rendering, and returns the other keys.
func (n *inspection) keepShown(got *rendering, needs *key, keys []*key, write func(*key) any) (rest []*key) {
	for _, k := range keys {
		k.accepted = true
		if len(got.partsOf(k.marker, n.components)) == 0 {
			rest = append(rest, k)
			continue
		}
		k.value, k.needs = write(k), needs
	}
	return rest
}

// tryPolicies tries real pull policies where helm refuses every other text.
func (n *inspection) tryPolicies(ctx context.Context, needs *key) error {
	before, err := n.chart.render(ctx, n.with(needs))
	if err != nil || before.refused != "" {
		return err
	}
	for _, k := range n.unset() {
		if k.refused == "" {
			continue
		}
		for _, policy := range k.policies {
			got, err := n.chart.render(ctx, n.with(needs).and(settings{k.path: policy}))
			if err != nil {
				return err
			}
			if got.refused != "" {
				continue
			}
			k.accepted = true
			if parts, _ := changed(n.components, before, got); len(parts) > 0 {
				k.value, k.needs, k.byEffect = policy, needs, true
				break
			}
		}
	}
	return nil
}

// findSwitches turns the switches over: in the chart as it is, in the cleared one, and with all keys set. A switch
// that changes something can enable other keys, which are tried again.
func (n *inspection) findSwitches(ctx context.Context) error {
	all := n.clear.and(set(n.found(), value))
	var switches []*key
	for _, k := range n.keys {
		if k.isSwitch {
			on, _ := k.initial.(bool)
			k.value = !on
			switches = append(switches, k)
		}
	}
	for i, base := range []settings{nil, n.clear, all} {
		if err := n.turnOver(ctx, base, switches, i == 0); err != nil {
			return err
		}
	}
	for _, k := range switches {
		if len(k.reaches) == 0 {
			k.value = nil
			continue
		}
		if err := n.findBehind(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

// turnOver turns all switches over at once, and each half by itself while that changes something.
func (n *inspection) turnOver(ctx context.Context, base settings, switches []*key, asIs bool) error {
	before, err := n.chart.render(ctx, base)
	if err != nil || before.refused != "" || len(switches) == 0 {
		return err
	}
	got, err := n.chart.render(ctx, base.and(set(switches, value)))
	if err != nil {
		return err
	}
	var parts []Part
	sameComponents := false
	if got.refused == "" {
		parts, sameComponents = changed(n.components, before, got)
	}
	if len(switches) > 1 && (!sameComponents || len(parts) > 0) {
		half := len(switches) / 2
		return together([][]*key{switches[:half], switches[half:]}, func(_ int, half []*key) error {
			return n.turnOver(ctx, base, half, asIs)
		})
	}
	for _, k := range switches {
		if got.refused != "" {
			k.refuse(got.refused)
			continue
		}
		k.accepted = true
		k.reaches = merged(k.reaches, parts)
		if asIs {
			k.asIs = parts
		}
	}
	return nil
}
