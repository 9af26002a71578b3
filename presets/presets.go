// Package presets is the data of the program: one YAML file for each registry and for each chart version. It decodes
// strictly, so that a misspelt key is an error and not a fact that is silently missing. It decides nothing.
package presets

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/registry"
)

//go:embed registries/*.yaml
var registries embed.FS

// head is the first paragraph of a registry's file: what lists show. An empty line ends it.
type head struct {
	registry.Entry `yaml:",inline"`
	Order          int // lists go from low to high
}

// Load gives the registries. Only the heads are decoded at once: a program that needs one registry does not wait for
// all of them.
func Load() (*registry.Catalog, error) {
	const folder = "registries"
	files, err := registries.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	heads := make([]head, len(files))
	sources := map[string]registry.Source{}
	for i, file := range files {
		path := folder + "/" + file.Name()
		data, err := registries.ReadFile(path)
		if err != nil {
			return nil, err
		}
		first, _, _ := bytes.Cut(data, []byte("\n\n"))
		if err := decode(path, first, &heads[i]); err != nil {
			return nil, err
		}
		open := func() (*registry.Preset, error) { return decodePreset(path, data) }
		sources[heads[i].ID] = registry.Source{Entry: heads[i].Entry, Open: open}
	}
	slices.SortFunc(heads, func(a, b head) int { return cmp.Compare(a.Order, b.Order) })
	ordered := make([]registry.Source, len(heads))
	for i, h := range heads {
		ordered[i] = sources[h.ID]
	}
	return registry.NewCatalog(ordered), nil
}

func decodePreset(path string, data []byte) (*registry.Preset, error) {
	var whole struct {
		head            `yaml:",inline"`
		registry.Preset `yaml:",inline"`
	}
	if err := decode(path, data, &whole); err != nil {
		return nil, err
	}
	whole.Preset.Entry = whole.head.Entry
	return &whole.Preset, nil
}

// decode reads one YAML document and refuses keys that the type does not have.
func decode(path string, data []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
