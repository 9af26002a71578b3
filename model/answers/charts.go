package answers

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"conductor-registry/model/chart"
)

// charted are all names of charts: ids, releases, and the ids that YAML reads as numbers.
func (s schema) charted() []any {
	var out []any
	for _, p := range s.catalog.Charts {
		out = append(out, names(p)...)
	}
	return out
}

func names(p *chart.Profile) []any {
	out := []any{p.ID}
	if _, err := strconv.ParseFloat(p.ID, 64); err == nil {
		out = append(out, number(p.ID))
	}
	for _, version := range append([]string{p.Version}, slices.Sorted(maps.Keys(p.Releases))...) {
		if !slices.Contains(out, any(version)) {
			out = append(out, version)
		}
	}
	return out
}

// number is a text as the number that it looks like.
func number(text string) json.Number { return json.Number(text) }

// charts are the choices that a chart does not have all of. The first one holds where no chart is named.
func (s schema) charts() []any {
	out := []any{}
	for i, p := range s.catalog.Charts {
		fewer := object{}
		for _, l := range Leaves() {
			values := s.values(l.Name, p.ID)
			if l.Name == "chart" || !l.Common || len(values) == len(s.values(l.Name, "")) {
				continue
			}
			fewer = fewer.nest(l.Name, object{{"enum", values}})
		}
		if len(fewer) == 0 {
			continue
		}
		is := object{{"properties", object{{"chart", object{{"enum", names(p)}}}}}}
		if i > 0 {
			is = append(is, member{"required", []string{"chart"}})
		}
		out = append(out, object{{"if", is}, {"then", object{{"properties", fewer}}}})
	}
	return out
}
