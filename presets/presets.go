// Package presets holds the facts of the program: one YAML file for each registry and each chart version. It decodes
// strictly, so that a misspelled key is an error and not a missing fact. It decides nothing.
package presets

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

//go:embed index.json fields.yaml project.yaml registries/*.yaml charts/*.yaml
var builtIn embed.FS

// index holds the list entries of the built-in files, in order, and the address of schemas. It is decoded at start, and a
// file when it is first asked for: all files together take longer than the wizard's first frame may (BenchmarkLoadAll).
// TestIndex generates it, as JSON, which is decoded ten times faster than YAML.
type index struct {
	Schemas    string `json:",omitempty"` // Project.Schemas
	Registries []registry.Entry
	Charts     []chart.Entry
}

// Catalog returns the built-in registries and charts, and the registry presets of folders before them. It decodes and
// checks the presets of folders. The error names the file and line of a mistake; an id that is taken is one.
func Catalog(folders ...Folder) (*answers.Catalog, error) {
	files, err := builtInFiles()
	if err != nil {
		return nil, err
	}
	return files.catalog(folders)
}

// files are the built-in files, each with the function that decodes it once.
type files struct {
	index
	registries map[string]presetFile
	charts     map[string]func() (*chart.Profile, error)
}

var builtInFiles = sync.OnceValues(func() (*files, error) {
	known, err := readIndex()
	if err != nil {
		return nil, err
	}
	return newFiles(known), nil
})

func newFiles(known index) *files {
	f := &files{known, map[string]presetFile{}, map[string]func() (*chart.Profile, error){}}
	for _, e := range known.Charts {
		f.charts[e.ID] = sync.OnceValues(func() (*chart.Profile, error) {
			p, err := decode(chartFile(e.ID), chart.DecodeProfile)
			if err == nil {
				p.ValuesSchemaURL = f.schema("values/" + e.ID)
			}
			return p, err
		})
	}
	for _, e := range known.Registries {
		name := "registries/" + e.ID + ".yaml"
		f.registries[e.ID] = presetFile{name, sync.OnceValues(func() (*registry.Preset, error) {
			return decode(name, DecodePreset)
		})}
	}
	return f
}

func (f *files) catalog(folders []Folder) (*answers.Catalog, error) {
	registries, err := registries(f, folders)
	if err != nil {
		return nil, err
	}
	charts := chart.NewCatalog(f.Charts, func(id string) (*chart.Profile, error) { return f.charts[id]() })
	return &answers.Catalog{Registries: registries, Charts: charts, SchemaURL: f.schema("answers")}, nil
}

// schema returns the web address of a schema in the folder docs, or "" while the project has no URL.
func (f *files) schema(name string) string {
	if f.Schemas == "" {
		return ""
	}
	return f.Schemas + name + ".schema.json"
}

func readIndex() (known index, err error) {
	data, err := builtIn.ReadFile("index.json")
	if err != nil {
		return known, err
	}
	return known, json.Unmarshal(data, &known)
}

func chartFile(id string) string { return "charts/" + id + ".yaml" }

// ChartFile returns the text of the built-in profile with that id, and false when there is none.
func ChartFile(id string) ([]byte, bool) {
	data, err := builtIn.ReadFile(chartFile(id))
	return data, err == nil
}

// decode reads and decodes a built-in file.
func decode[T any](name string, decode func(name string, data []byte) (T, error)) (T, error) {
	data, err := builtIn.ReadFile(name)
	if err != nil {
		var none T
		return none, err
	}
	return decode(path.Join("presets", name), data)
}

// registries returns the presets of folders, sorted, and after them the built-in ones.
func registries(known *files, folders []Folder) (*registry.Catalog, error) {
	var own []*registry.Preset
	for _, folder := range folders {
		found, err := folder.load()
		if err != nil {
			return nil, err
		}
		own = append(own, found...)
	}
	slices.SortStableFunc(own, func(a, b *registry.Preset) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.File, b.File))
	})
	var entries []registry.Entry
	files := map[string]presetFile{}
	for _, p := range own {
		if other, taken := files[p.ID]; taken {
			return nil, takenError(other.name, p.ID, p.File)
		}
		entries = append(entries, p.Entry)
		files[p.ID] = presetFile{p.File, func() (*registry.Preset, error) { return p, nil }}
	}
	for _, e := range known.Registries {
		file := known.registries[e.ID]
		if own, taken := files[e.ID]; taken {
			return nil, takenError(own.name, e.ID, path.Join("presets", file.name))
		}
		entries = append(entries, e)
		files[e.ID] = file
	}
	return registry.NewCatalog(entries, func(id string) (*registry.Preset, error) { return files[id].preset() }), nil
}

// presetFile is a preset file and the function that decodes it once.
type presetFile struct {
	name   string
	preset func() (*registry.Preset, error)
}

func takenError(name, id, other string) error {
	return fmt.Errorf("%s: the id %q is taken by %s: choose another id", name, id, other)
}

// Folder is a folder with registry presets of the user's own, *.yaml.
type Folder struct {
	Name  string // as the user wrote it, for messages
	Files fs.FS
}

// load returns the presets of the folder, checked.
func (f Folder) load() ([]*registry.Preset, error) {
	names, err := fs.Glob(f.Files, "*.yaml")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: no preset found: presets are files called *.yaml", f.Name)
	}
	var out []*registry.Preset
	for _, name := range names {
		data, err := fs.ReadFile(f.Files, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		p, err := DecodePreset(path.Join(f.Name, name), data)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// decodeFields decodes the fields that every registry takes.
func decodeFields(name string, data []byte) ([]registry.Field, error) {
	var file struct{ Fields []registry.Field }
	err := model.DecodeFile(name, data, &file)
	return file.Fields, err
}

// DecodePreset decodes a preset file, adds the fields that every registry takes, and checks it. The error names the
// file, and the line of each misspelled key.
func DecodePreset(name string, data []byte) (*registry.Preset, error) {
	p := &registry.Preset{File: name, Source: data}
	if err := model.DecodeFile(name, data, p); err != nil {
		return nil, err
	}
	shared, err := decode("fields.yaml", decodeFields)
	if err != nil {
		return nil, err
	}
	for _, f := range shared {
		if _, own := p.Field(f.ID); !own && !p.ImpliedHost {
			p.Fields = append(p.Fields, f)
		}
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p, nil
}
