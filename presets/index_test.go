package presets

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"slices"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

// TestIndex holds index.json to the preset files, their entries in their order, and to project.yaml.
func TestIndex(t *testing.T) {
	project, err := ReadProject()
	if err != nil {
		t.Fatal(err)
	}
	known := index{Schemas: project.Schemas()}
	for _, p := range decodeAll(t, "registries", DecodePreset) {
		known.Registries = append(known.Registries, p.Entry)
	}
	for _, p := range decodeAll(t, "charts", chart.DecodeProfile) {
		known.Charts = append(known.Charts, p.Entry)
	}
	slices.SortFunc(known.Registries, func(a, b registry.Entry) int { return cmp.Compare(a.Order, b.Order) })
	slices.SortFunc(known.Charts, func(a, b chart.Entry) int { return cmp.Compare(a.Order, b.Order) })
	data, err := json.MarshalIndent(known, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden.File(t, "index.json", append(data, '\n'))
}

// decodeAll decodes the files of a built-in folder. A file is named after its id.
func decodeAll[T any](t *testing.T, folder string, decodeFile func(string, []byte) (T, error)) []T {
	t.Helper()
	names, err := fs.Glob(builtIn, folder+"/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	var out []T
	for _, name := range names {
		p, err := decode(name, decodeFile)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}
