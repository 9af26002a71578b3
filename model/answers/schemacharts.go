package answers

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
)

// chartNames returns all names of charts.
func (s schema) chartNames() []any {
	return slices.Concat(model.Map(s.catalog.Charts.All(), names)...)
}

// names returns a chart's id, also as the number that YAML may read it as, and its releases.
func names(p *chart.Profile) []any {
	out := []any{p.ID}
	if _, err := strconv.ParseFloat(p.ID, 64); err == nil {
		out = append(out, json.Number(p.ID))
	}
	for _, version := range append([]string{p.Version}, slices.Sorted(maps.Keys(p.Releases))...) {
		out = model.AddNew(out, any(version))
	}
	return out
}

// charts returns conditions for the choices that not every chart has. The first one applies where no chart is named.
func (s schema) charts() []any {
	out := []any{}
	for i, p := range s.catalog.Charts.All() {
		fewer := object{}
		for _, q := range questions() {
			values := s.values(q.leaf, p.ID)
			if q.leaf == "chart" || !q.scope.common || len(values) == len(s.values(q.leaf, "")) {
				continue
			}
			if table, key, nested := strings.Cut(q.leaf, "."); nested {
				fewer[table] = object{"properties": object{key: object{"enum": values}}}
			} else {
				fewer[q.leaf] = object{"enum": values}
			}
		}
		if len(fewer) == 0 {
			continue
		}
		is := object{"properties": object{"chart": object{"enum": names(p)}}}
		if i > 0 {
			is["required"] = []string{"chart"}
		}
		out = append(out, object{"if": is, "then": object{"properties": fewer}})
	}
	return out
}
