package convert

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/values"
)

// PinAnswers writes pins into an answers file. A tag that others share, in other environments too, stays where it is when
// they are to have another digest: what is more particular is written then.
func PinAnswers(source values.Source, catalog *answers.Catalog, pins []Pin) Pinned {
	now, problems := answers.Decode(source.Name, source.Data)
	if len(problems) > 0 {
		return Pinned{Pins: pins, Problems: problems}
	}
	origin := func(p Pin) string { return now.Origin(p.Environment, p.Component, "tag") }
	f := pinFile{source: source,
		tags: func(data []byte) map[Slot]string {
			a, problems := answers.Decode(source.Name, data)
			if len(problems) > 0 {
				return nil
			}
			return answeredTags(catalog, a)
		},
		ways: func(group []Pin) [][]place {
			ways := one(origin(group[0]), group)
			ways = append(ways, each(group, func(p Pin) string { return "components." + p.Component + ".tag" })...)
			ways = append(ways, each(group, func(p Pin) string { return inEnvironment(p, "") })...)
			return append(ways, each(group, func(p Pin) string { return inEnvironment(p, "components."+p.Component+".") })...)
		}}
	var groups [][]Pin
	var told model.Problems
	for _, env := range answers.Layers(now) {
		here := slices.DeleteFunc(slices.Clone(pins), func(p Pin) bool { return p.Environment != env })
		if len(here) == 0 {
			continue
		}
		able, problems := possible(catalog.Profile(catalog.Flat(now.In(env))), here, source.Name)
		told = append(told, problems...)
		for _, p := range able {
			groups = grouped(groups, p, origin)
		}
	}
	return finish(f.write(groups), pins, told)
}

// inEnvironment is the key of a tag in the pin's environment; "" where there are none.
func inEnvironment(p Pin, below string) string {
	if p.Environment == "" {
		return ""
	}
	return "environments." + p.Environment + "." + below + "tag"
}

// answeredTags are the tags as the answers give them; "" is the default.
func answeredTags(catalog *answers.Catalog, a *answers.Answers) map[Slot]string {
	out := map[Slot]string{}
	for _, env := range answers.Layers(a) {
		for _, c := range catalog.Profile(a.In(env)).Components {
			out[Slot{env, c.Name}] = a.Get(a.Origin(env, c.Name, "tag"))
		}
	}
	return out
}
