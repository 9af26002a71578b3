// Package pin writes digests behind the tags of an answers file or a values file: 5.2.42 becomes 5.2.42@sha256:…, which
// no push can change. Each component gets its own where the chart can give it one. What is written is read back: every
// component has the tag that was wanted and no other one changed, or nothing is written.
package convert

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// Slot is one component, in one environment of answers; "" for values, and for answers without environments.
type Slot struct{ Environment, Component string }

// Pin is the tag that a component is to have.
type Pin struct {
	Slot
	Was  string // as it is given now: "5.2.42", or with a digest
	Want string // with the digest that the registry has
	Key  string // where it was written; "" where it was not
}

// States of a pin, by what the file said before.
const (
	New        = "new"   // there was no digest
	Same       = "same"  // the digest is what the registry has
	Moved      = "moved" // the tag means another build now
	Impossible = "impossible"
)

// NewPin is the pin of a tag and what the registry has for it.
func NewPin(slot Slot, tag, digest string) Pin {
	name, _, _ := strings.Cut(tag, "@")
	return Pin{Slot: slot, Was: tag, Want: name + "@" + digest}
}

// State is one of the states.
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

// Pinned is the file with its pins.
type Pinned struct {
	Data     []byte // nil when Problems have errors
	Pins     []Pin
	Problems model.Problems // warnings: a pin that can't be; errors: nothing is made
}

// file is what pins are written into.
type pinFile struct {
	source values.Source
	tags   func(data []byte) map[Slot]string // of every component; nil for what can't be read
	ways   func(group []Pin) [][]place       // to write pins that have one key now, the shortest first
}

// place is a key that gives some components their tag.
type place struct {
	key  string
	pins []Pin
}

// write writes the pins of each group, one after the other. A group is those that have one key now.
func (f pinFile) write(groups [][]Pin) Pinned {
	out := Pinned{Data: f.source.Data}
	want := f.tags(f.source.Data)
	for _, group := range groups {
		if slices.ContainsFunc(group, func(p Pin) bool { return p.Was != p.Want }) {
			for _, p := range group {
				want[p.Slot] = p.Want
			}
			data, written, problems := f.writeGroup(out.Data, group, want)
			if len(problems) > 0 {
				return Pinned{Problems: problems, Pins: slices.Concat(groups...)}
			}
			out.Data, group = data, written
		}
		out.Pins = append(out.Pins, group...)
	}
	return out
}

// writeGroup takes the first way after which every component has the tag that it is to have.
func (f pinFile) writeGroup(data []byte, group []Pin, want map[Slot]string) ([]byte, []Pin, model.Problems) {
	var refused model.Problems
	for _, way := range f.ways(group) {
		var changes []values.Change
		var written []Pin
		for _, at := range way {
			changes = append(changes, values.Change{Path: at.key, Value: values.Quote(at.pins[0].Want)})
			for _, p := range at.pins {
				p.Key = at.key
				written = append(written, p)
			}
		}
		next, problems := values.Apply(f.source.Name, data, changes...)
		switch {
		case len(problems) > 0:
			refused = problems
		case sameTags(f.tags(next), want):
			return next, written, nil
		}
	}
	if len(refused) == 0 {
		refused = model.Problems{{Rule: "pin-refused", Severity: model.Error, File: f.source.Name,
			Summary: fmt.Sprintf("no key of this file gives %s the tag %s", group[0].Component, group[0].Want),
			Fix:     "something else decides it, such as --set or a file laid over this one: pin it there"}}
	}
	return nil, nil, refused
}

func sameTags(a, b map[Slot]string) bool {
	for slot, tag := range b {
		if a[slot] != tag {
			return false
		}
	}
	return a != nil
}

// one is a way that writes a single key, if all of the group want the same tag.
func one(key string, group []Pin) [][]place {
	for _, p := range group {
		if p.Want != group[0].Want {
			return nil
		}
	}
	return [][]place{{{key, group}}}
}

// each is a way that writes a key for each of the pins that share it, if those want the same tag; none without keys.
func each(group []Pin, key func(Pin) string) [][]place {
	var way []place
	for _, p := range group {
		at := slices.IndexFunc(way, func(w place) bool { return w.key == key(p) })
		switch {
		case key(p) == "":
			return nil
		case at < 0:
			way = append(way, place{key(p), []Pin{p}})
		case way[at].pins[0].Want != p.Want:
			return nil
		default:
			way[at].pins = append(way[at].pins, p)
		}
	}
	return [][]place{way}
}

// oneForAll tells whether the chart has no tag for this component alone.
func oneForAll(profile *chart.Profile, component string) bool {
	return !profile.WritesIn(component+".tag", "")
}

// possible are the pins that the chart can give; the others are told. Pins are those of one environment.
func possible(profile *chart.Profile, pins []Pin, name string) ([]Pin, model.Problems) {
	differ := slices.ContainsFunc(pins, func(p Pin) bool { return p.Want != pins[0].Want })
	if !differ || !slices.ContainsFunc(pins, func(p Pin) bool { return oneForAll(profile, p.Component) }) {
		return pins, nil
	}
	where := ""
	if pins[0].Environment != "" {
		where = " in " + pins[0].Environment
	}
	return nil, model.Problems{{Rule: "one-tag-for-all", Severity: model.Warning, File: name,
		Summary: fmt.Sprintf("chart %s has one tag for all images, and a digest belongs to one of them: nothing is pinned%s",
			profile.ID, where),
		Why: "with the digest of one, the other could not be pulled",
		Fix: "use a tag that is never pushed again"}}
}
