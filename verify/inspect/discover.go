package inspect

import (
	"cmp"
	"context"
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

// findKeys finds the keys whose value reaches something, and the form it needs.
func (l *learner) findKeys(ctx context.Context) error { return l.findIn(ctx, nil) }

// findIn tries the keys that reached nothing so far, with what a switch turns on; nil is none.
func (l *learner) findIn(ctx context.Context, needs *key) error {
	for _, form := range forms() {
		keys := slices.DeleteFunc(l.unknown(), func(k *key) bool { return !l.schema.allows(k.path, form.kind) })
		fine, refused := apart(keys)
		if err := l.discover(ctx, needs, fine, form); err != nil {
			return err
		}
		if needs != nil {
			continue // what is refused at all needs no second look
		}
		if err := l.discover(ctx, needs, refused, form); err != nil {
			return err
		}
	}
	return l.tryPolicies(ctx, needs)
}

// apart are the keys that were not refused in any form, and those that were: one that is refused costs many renderings
// among others.
func apart(keys []*key) (fine, refused []*key) {
	for _, k := range keys {
		if k.refused == "" {
			fine = append(fine, k)
		} else {
			refused = append(refused, k)
		}
	}
	return fine, refused
}

// unknown are the keys that are no switches and reached nothing so far.
func (l *learner) unknown() []*key {
	return slices.DeleteFunc(slices.Clone(l.keys), func(k *key) bool { return k.isSwitch || k.value != nil })
}

// with are the settings that clear the chart and turn on what a key needs.
func (l *learner) with(needs *key) settings {
	if needs == nil {
		return l.clear
	}
	return l.with(needs.needs).and(settings{needs.path: needs.value})
}

// discover finds the keys that reach something in one form, and those that helm refuses in it. All are set at once;
// those that come out on top are taken away, and the rest is tried again: what is left in the end reaches nothing,
// whatever comes before it.
func (l *learner) discover(ctx context.Context, needs *key, keys []*key, form form) error {
	for len(keys) > 0 {
		set := settings{}
		for _, k := range keys {
			set[k.path] = form.write(k.marker)
		}
		got, err := l.chart.render(ctx, l.with(needs).and(set))
		if err != nil {
			return err
		}
		var rest []*key
		if got.refused != "" {
			if rest = blame(keys, got.refused); len(rest) == len(keys) {
				return l.halve(ctx, needs, keys, form)
			}
			keys = rest
			continue
		}
		for _, k := range keys {
			k.accepted = true
			if len(got.reached(l.components, k.marker)) == 0 {
				rest = append(rest, k)
				continue
			}
			k.value, k.needs = form.write(k.marker), needs
		}
		if len(rest) == len(keys) {
			return nil
		}
		keys = rest
	}
	return nil
}

// blame marks the keys that helm's words name, or the only one, as refused. The others are left.
func blame(keys []*key, said string) (rest []*key) {
	for _, k := range keys {
		place := "at '/" + strings.ReplaceAll(k.path, ".", "/") + "'"
		if !strings.Contains(said, place) && len(keys) > 1 {
			rest = append(rest, k)
			continue
		}
		if at := strings.Index(said, place); at > 0 {
			k.refuse(said[at:])
		}
		k.refuse(said)
	}
	return rest
}

// refuse remembers why helm refused a form of the key first.
func (k *key) refuse(said string) { k.refused = cmp.Or(k.refused, said) }

// halve looks for the key that is refused in each half of the keys.
func (l *learner) halve(ctx context.Context, needs *key, keys []*key, form form) error {
	half := len(keys) / 2
	return together([][]*key{keys[:half], keys[half:]}, func(_ int, keys []*key) error {
		return l.discover(ctx, needs, keys, form)
	})
}

// tryPolicies tries real policies where helm takes no other text.
func (l *learner) tryPolicies(ctx context.Context, needs *key) error {
	before, err := l.chart.render(ctx, l.with(needs))
	if err != nil || before.refused != "" {
		return err
	}
	for _, k := range l.unknown() {
		if k.refused == "" {
			continue
		}
		if err := l.tryPolicy(ctx, before, needs, k); err != nil {
			return err
		}
	}
	return nil
}

func (l *learner) tryPolicy(ctx context.Context, before *seen, needs, k *key) error {
	for _, policy := range k.policies {
		got, err := l.chart.render(ctx, l.with(needs).and(settings{k.path: policy}))
		if err != nil {
			return err
		}
		k.accepted = k.accepted || got.refused == ""
		if got.refused == "" && len(changed(l.components, before, got)) > 0 {
			k.value, k.needs, k.byEffect = policy, needs, true
			return nil
		}
	}
	return nil
}
