package inspect

import (
	"maps"
	"math"
	"slices"
	"strings"

	"conductor-registry/model"
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

// notTried is the refusal of a key that was left out because there were too many renderings.
const notTried = "not tried"

// refusals returns helm's refusal for each key that it refuses with that value on top of the base. All keys are set at
// once; while helm refuses, the keys that it names are taken out, or each half is tried by itself.
func (n *inspection) refusals(base settings, keys []*key, value func(*key) any) map[*key]string {
	return n.refusalsWithin(math.MaxInt, base, keys, value, (*key).isAt)
}

// isAt reports whether a refusal by the chart's schema is about the key.
func (k *key) isAt(said string) bool { return strings.Contains(said, k.pointer()) }

// pointer returns the key as helm writes it in refusals by the schema.
func (k *key) pointer() string { return "at '/" + strings.ReplaceAll(k.path, ".", "/") + "'" }

// refusalsWithin is refusals with a limit for all renderings together, and with a test of whether helm names a key.
func (n *inspection) refusalsWithin(limit int, base settings, keys []*key, value func(*key) any,
	isNamed func(k *key, said string) bool,
) map[*key]string {
	out := map[*key]string{}
	keys = slices.SortedStableFunc(slices.Values(keys), func(a, b *key) int { // keys of one name often fail together
		return strings.Compare(lastName(a.path), lastName(b.path))
	})
	for len(keys) > 0 {
		said := notTried
		if n.chart.renderings() < limit {
			said = n.chart.render(base.and(set(keys, value))).refused
		}
		if said == "" {
			break
		}
		rest := slices.DeleteFunc(slices.Clone(keys), func(k *key) bool { return isNamed(k, said) })
		switch {
		case len(keys) == 1, said == notTried:
			rest = nil
		case len(rest) == len(keys):
			halves := [][]*key{keys[:len(keys)/2], keys[len(keys)/2:]}
			found := make([]map[*key]string, len(halves))
			inParallel(halves, func(i int, half []*key) {
				found[i] = n.refusalsWithin(limit, base, half, value, isNamed)
			})
			for _, half := range found {
				maps.Copy(out, half)
			}
			return out
		}
		for _, k := range keys {
			if !slices.Contains(rest, k) {
				out[k] = said[max(0, strings.Index(said, k.pointer())):]
			}
		}
		keys = rest
	}
	return out
}

// with returns the settings that clear the chart and enable what a key needs; nil needs nothing.
func (n *inspection) with(needs *key) settings {
	if needs == nil {
		return n.clear
	}
	return n.with(needs.needs).and(settings{needs.path: needs.value})
}

// findKeys finds the keys whose value sets something, and the form that it needs.
func (n *inspection) findKeys() { n.findEnabled(nil) }

// findEnabled tries the keys that set nothing so far while another key, or nil, is set.
func (n *inspection) findEnabled(needs *key) {
	for _, form := range forms() {
		keys := slices.DeleteFunc(n.unset(), func(k *key) bool {
			return !form.fits(k, n.schema) || needs != nil && k.refused != "" // what helm refused once it refuses again
		})
		n.findForm(needs, keys, func(k *key) any { return form.write(k.marker) })
	}
	n.tryPolicies(needs)
}

// findForm finds the keys that set something when written in one form. All are set at once; those that show are taken
// out and the others tried again, since the first can override them, until none shows.
func (n *inspection) findForm(needs *key, keys []*key, write func(*key) any) {
	for len(keys) > 0 {
		refused := n.refusals(n.with(needs), keys, write)
		for k, why := range refused {
			k.refuse(why)
		}
		keys = slices.DeleteFunc(keys, func(k *key) bool { return refused[k] != "" })
		got := n.chart.render(n.with(needs).and(set(keys, write)))
		if half := len(keys) / 2; got.refused != "" && half > 0 { // helm refuses the combination only
			n.findForm(needs, slices.Clone(keys[:half]), write)
			n.findForm(needs, slices.Clone(keys[half:]), write)
			return
		}
		var rest []*key
		for _, k := range keys {
			k.accepted = true
			if len(got.partsOf(k.marker, n.components)) == 0 {
				rest = append(rest, k)
				continue
			}
			k.value, k.needs = write(k), needs
		}
		if len(rest) == len(keys) {
			return
		}
		keys = rest
	}
}

// tryPolicies tries real pull policies where helm refuses every other text: the first that it accepts and that shows is
// the key's marker from then on.
func (n *inspection) tryPolicies(needs *key) {
	before := n.chart.render(n.with(needs))
	for _, k := range n.unset() {
		if k.refused == "" || before.refused != "" {
			continue
		}
		for _, policy := range k.policies {
			got := n.chart.render(n.with(needs).and(settings{k.path: policy}))
			k.accepted = k.accepted || got.refused == ""
			if len(got.partsOf(policy, n.components)) > len(before.partsOf(policy, n.components)) {
				k.marker, k.value, k.needs = policy, policy, needs
				break
			}
		}
	}
}

// findSwitches toggles the switches: in the chart as it is, in the cleared one, and with all keys set. A switch
// that changes something can enable other keys, which are tried again.
func (n *inspection) findSwitches() {
	all := n.clear.and(set(n.found(), value))
	switches := n.keysThat(func(k *key) bool { return k.isSwitch })
	for _, k := range switches {
		on, _ := k.initial.(bool)
		k.value = !on
	}
	for i, base := range []settings{nil, n.clear, all} {
		if before := n.chart.render(base); before.refused == "" && len(switches) > 0 {
			n.toggle(base, before, switches, i == 0)
		}
	}
	for _, k := range switches {
		if len(k.reaches) == 0 {
			k.value = nil
			continue
		}
		n.findEnabled(k)
	}
}

// toggle toggles all switches at once, and each half by itself while that changes something.
func (n *inspection) toggle(base settings, before *rendering, switches []*key, asIs bool) {
	got := n.chart.render(base.and(set(switches, value)))
	parts, sameComponents := []Part(nil), false
	if got.refused == "" {
		parts, sameComponents = changed(n.components, before, got)
	}
	if half := len(switches) / 2; half > 0 && (!sameComponents || len(parts) > 0) {
		inParallel([][]*key{switches[:half], switches[half:]}, func(_ int, half []*key) {
			n.toggle(base, before, half, asIs)
		})
		return
	}
	for _, k := range switches {
		if got.refused != "" {
			k.refuse(got.refused)
			continue
		}
		k.accepted = true
		k.reaches = model.AddNew(k.reaches, parts...)
		if asIs {
			k.asIs = parts
		}
	}
}
