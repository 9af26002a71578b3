package convert

import (
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// PinValues writes pins into the last of the values files. Set lays over them what flags set; it may be nil.
func PinValues(sources []values.Source, profile *chart.Profile, set func(*values.Values) error, pins []Pin) Pinned {
	last := len(sources) - 1
	read := func(data []byte) *chart.Resolution {
		all := append([]values.Source{}, sources...)
		all[last].Data = data
		values, err := values.Load(all...)
		if err == nil && set != nil {
			err = set(values)
		}
		if err != nil {
			return nil
		}
		return profile.Resolve(values)
	}
	now := read(sources[last].Data)
	if now == nil || now.Components == nil {
		return Pinned{Pins: pins, Problems: model.Problems{{Rule: "pin-refused", Severity: model.Error,
			File: sources[last].Name, Summary: "the chart refuses these values", Fix: "see conductor-registry resolve"}}}
	}
	able, problems := possible(profile, pins, sources[last].Name)
	f := pinFile{source: sources[last],
		tags: func(data []byte) map[Slot]string { return tagsOf(read(data)) },
		ways: func(group []Pin) [][]place {
			var ways [][]place
			if from := now.Components[group[0].Component].Trace.Tag.From; given(sources, from) {
				ways = one(from, group)
			}
			ways = append(ways, each(group, func(p Pin) string { return settingFor(profile, p.Component+".tag") })...)
			if shared := settingFor(profile, "tag"); shared != "" {
				ways = append(ways, one(shared, group)...)
			}
			return ways
		}}
	var groups [][]Pin
	for _, p := range able {
		groups = grouped(groups, p, func(p Pin) string { return now.Components[p.Component].Trace.Tag.From })
	}
	out := f.write(groups)
	return finish(out, pins, problems)
}

// finish adds the pins that can't be, and why.
func finish(out Pinned, pins []Pin, problems model.Problems) Pinned {
	out.Problems = append(out.Problems, problems...)
	var all []Pin
	for _, p := range pins {
		for _, written := range out.Pins {
			if written.Slot == p.Slot {
				p = written
			}
		}
		all = append(all, p)
	}
	out.Pins = all
	return out
}

// grouped puts a pin to those of the same key.
func grouped(groups [][]Pin, p Pin, key func(Pin) string) [][]Pin {
	for i, group := range groups {
		if key(group[0]) == key(p) {
			groups[i] = append(group, p)
			return groups
		}
	}
	return append(groups, []Pin{p})
}

// given tells whether a key stands in the files, and is no default.
func given(sources []values.Source, path string) bool {
	values, err := values.Load(sources...)
	if err != nil {
		return false
	}
	_, ok := values.Lookup(path)
	return ok
}

// settingFor is the key that the profile writes for a fact, such as server.tag; "" when there is none.
func settingFor(profile *chart.Profile, fact string) string {
	for _, s := range profile.Settings {
		if s.Value == fact {
			return s.Path
		}
	}
	return ""
}

func tagsOf(r *chart.Resolution) map[Slot]string {
	if r == nil || r.Components == nil {
		return nil
	}
	out := map[Slot]string{}
	for name, c := range r.Components {
		out[Slot{Component: name}] = fmt.Sprint(c.Trace.Tag.Value)
	}
	return out
}
