package convert

import (
	"fmt"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// PinValues writes pins into the last of the values files. Set puts on top of them what flags set; it may be nil.
func PinValues(sources []values.Source, profile *chart.Profile, set func(*values.Values) error, pins []Pin) Pinned {
	target := sources[len(sources)-1]
	resolve := func(data []byte) *chart.Resolution {
		all := slices.Clone(sources)
		all[len(all)-1].Data = data
		merged, err := values.Load(all...)
		if err == nil && set != nil {
			err = set(merged)
		}
		if err != nil {
			return &chart.Resolution{}
		}
		return profile.Resolve(merged)
	}
	now := resolve(target.Data)
	files, err := values.Load(sources...)
	if err != nil || now.Components == nil {
		return Pinned{Pins: pins, Problems: model.Problems{{Rule: "pin-refused", Severity: model.Error, File: target.Name,
			Summary: "the chart refuses these values", Fix: "conductor-registry resolve says why"}}}
	}
	f := pinner{source: target,
		tags:   func(data []byte) map[Slot]string { return resolvedTags(resolve(data)) },
		origin: func(p Pin) string { return now.Components[p.Component].Trace.Tag.From }}
	f.keys = []func(Pin) string{
		func(p Pin) string {
			if _, ok := files.Lookup(f.origin(p)); !ok {
				return "" // the chart or a flag decides
			}
			return f.origin(p)
		},
		func(p Pin) string { return keyFor(profile, p.Component+".tag") },
		func(Pin) string { return keyFor(profile, "tag") },
	}
	problems := checkPins(profile, pins, target.Name)
	return f.write(pins, func(Pin) bool { return len(problems) == 0 }, problems)
}

func resolvedTags(r *chart.Resolution) map[Slot]string {
	out := map[Slot]string{}
	for name, c := range r.Components {
		out[Slot{Component: name}] = fmt.Sprint(c.Trace.Tag.Value)
	}
	return out
}

// PinAnswers writes pins into an answers file. A tag that components or environments share stays where it is when they
// are to have different digests: then narrower keys are written.
func PinAnswers(source values.Source, catalog *answers.Catalog, pins []Pin) Pinned {
	now, problems := answers.Decode(source.Name, source.Data)
	if len(problems) > 0 {
		return Pinned{Pins: pins, Problems: problems}
	}
	source.IsAnyFile = true
	f := pinner{source: source, origin: func(p Pin) string { return now.Lookup(tagPath(p)).Path.String() },
		tags: func(data []byte) map[Slot]string {
			given, problems := answers.Decode(source.Name, data)
			if len(problems) > 0 {
				return nil
			}
			return answeredTags(catalog, given)
		}}
	f.keys = []func(Pin) string{
		f.origin,
		func(p Pin) string { return answers.Path{Component: p.Component, Leaf: "tag"}.String() },
		func(p Pin) string { return inEnvironment(p, answers.Path{Environment: p.Environment, Leaf: "tag"}) },
		func(p Pin) string { return inEnvironment(p, tagPath(p)) },
	}
	isPossible := map[string]bool{}
	for _, env := range now.EnvironmentNames() {
		here := slices.DeleteFunc(slices.Clone(pins), func(p Pin) bool { return p.Environment != env })
		if len(here) > 0 {
			found := checkPins(catalog.Profile(now, env), here, source.Name)
			problems, isPossible[env] = append(problems, found...), len(found) == 0
		}
	}
	return f.write(pins, func(p Pin) bool { return isPossible[p.Environment] }, problems)
}

// tagPath returns the path of the pin's tag in its environment.
func tagPath(p Pin) answers.Path {
	return answers.Path{Environment: p.Environment, Component: p.Component, Leaf: "tag"}
}

// inEnvironment returns the path, or "" where there are no environments.
func inEnvironment(p Pin, path answers.Path) string {
	if p.Environment == "" {
		return ""
	}
	return path.String()
}

// answeredTags returns the tags as the answers give them; "" is the default.
func answeredTags(catalog *answers.Catalog, a *answers.Answers) map[Slot]string {
	out := map[Slot]string{}
	for _, env := range a.EnvironmentNames() {
		for _, name := range catalog.Profile(a, env).ComponentNames() {
			out[Slot{env, name}] = a.Lookup(answers.Path{Environment: env, Component: name, Leaf: "tag"}).Text
		}
	}
	return out
}
