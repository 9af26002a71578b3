package convert

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// Slot is one component, in one environment of answers; "" for values, and for answers without environments.
type Slot struct{ Environment, Component string }

// Pin is the tag that a component is to have: 5.2.42@sha256:…, which no push can change.
type Pin struct {
	Slot
	Was  string // as the file has it: "5.2.42", or with a digest
	Want string // with the digest that the registry has
	Key  string // where it was written; "" where it was not
}

// States of a pin, by what the file had.
const (
	New        = "new"   // no digest
	Same       = "same"  // the digest that the registry has
	Moved      = "moved" // the digest of another build
	Impossible = "impossible"
)

// NewPin returns the pin for a tag and the digest that the registry has for it.
func NewPin(slot Slot, tag, digest string) Pin {
	name, _, _ := strings.Cut(tag, "@")
	return Pin{Slot: slot, Was: tag, Want: name + "@" + digest}
}

// State returns one of the states.
func (p Pin) State() string {
	switch {
	case p.Was == p.Want:
		return Same
	case p.Key == "":
		return Impossible
	case strings.Contains(p.Was, "@"):
		return Moved
	}
	return New
}

// Pinned is a file with its pins.
type Pinned struct {
	Data     []byte         // nil when Problems has errors
	Pins     []Pin          // all that were given, in their order
	Problems model.Problems // errors: nothing was pinned; warnings: some pins are impossible
}

// pinner writes pins into a file. Each component gets its tag in the first key after which every component has the tag
// that it is to have.
type pinner struct {
	source values.Source
	tags   func(data []byte) map[Slot]string // of every component; nil for what cannot be read
	origin func(Pin) string                  // the key that decides the tag now
	keys   []func(Pin) string                // keys to write, the most common first; "" where there is none
}

// write writes the pins that are possible; pins are all of them. Pins with one origin are written together.
func (f pinner) write(pins []Pin, isPossible func(Pin) bool, problems model.Problems) Pinned {
	out := Pinned{Data: f.source.Data, Pins: slices.Clone(pins), Problems: problems}
	var origins []string
	groups := map[string][]*Pin{}
	for i := range out.Pins {
		p := &out.Pins[i]
		if !isPossible(*p) {
			continue
		}
		origin := f.origin(*p)
		if groups[origin] == nil {
			origins = append(origins, origin)
		}
		groups[origin] = append(groups[origin], p)
	}
	want := f.tags(f.source.Data)
	for _, origin := range origins {
		group := groups[origin]
		if !slices.ContainsFunc(group, func(p *Pin) bool { return p.Was != p.Want }) {
			continue
		}
		for _, p := range group {
			want[p.Slot] = p.Want
		}
		var refused model.Problems
		if out.Data, refused = f.writeGroup(out.Data, group, want); len(refused) > 0 {
			return Pinned{Pins: pins, Problems: slices.Concat(refused, problems)}
		}
	}
	return out
}

// writeGroup writes pins by the first of the keys after which every component has the tag that it is to have.
func (f pinner) writeGroup(data []byte, group []*Pin, want map[Slot]string) ([]byte, model.Problems) {
	var refused model.Problems
	for _, key := range f.keys {
		changes, ok := pinChanges(group, key)
		if !ok {
			continue
		}
		next, problems := values.Apply(f.source.With(data), changes...)
		switch {
		case len(problems) > 0:
			refused = problems
		case maps.Equal(f.tags(next), want):
			for _, p := range group {
				p.Key = key(*p)
			}
			return next, nil
		}
	}
	if len(refused) == 0 {
		refused = model.Problems{{Rule: "pin-refused", Severity: model.Error, File: f.source.Name,
			Summary: fmt.Sprintf("no key of this file gives %s the tag %s", group[0].Component, group[0].Want),
			Fix:     "pin it where it is set: with --set, or in a values file that overrides this one"}}
	}
	return nil, refused
}

// pinChanges returns the edits that write the pins; ok is false if a pin has no key, or two with different tags share
// one.
func pinChanges(group []*Pin, key func(Pin) string) (changes []values.Change, ok bool) {
	tags := map[string]string{}
	for _, p := range group {
		path := key(*p)
		tag, isTaken := tags[path]
		switch {
		case path == "" || isTaken && tag != p.Want:
			return nil, false
		case !isTaken:
			tags[path] = p.Want
			changes = append(changes, values.Change{Path: path, Value: values.Quote(p.Want)})
		}
	}
	return changes, true
}

// checkPins returns the problem of pins, those of one environment, that the chart cannot give its components.
func checkPins(profile *chart.Profile, pins []Pin, file string) model.Problems {
	differ := slices.ContainsFunc(pins, func(p Pin) bool { return p.Want != pins[0].Want })
	isShared := func(p Pin) bool { return !hasOwn(profile, p.Component, chart.TagPart) }
	if !differ || !slices.ContainsFunc(pins, isShared) {
		return nil
	}
	where := ""
	if pins[0].Environment != "" {
		where = " in " + pins[0].Environment
	}
	return model.Problems{{Rule: "one-tag-for-all", Severity: model.Warning, File: file,
		Summary: oneTagOnly(profile) + ": nothing is pinned" + where,
		Why:     "with the digest of one image, the others could not be pulled", Fix: neverPushAgain}}
}
