// Package presets holds the facts of the program: one YAML file for each registry and each chart version. It decodes
// strictly, so that a misspelled key is an error and not a missing fact. It decides nothing.
package presets

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"conductor-registry/model"
	"conductor-registry/model/registry"
)

//go:embed registries/*.yaml
var registries embed.FS

// Folder is a folder with registry presets of the user's own, *.yaml.
type Folder struct {
	Name  string // as the user wrote it, for messages
	Files fs.FS
}

// file is one preset file. Its preset function decodes the file once.
type file struct {
	name   string
	entry  registry.Entry
	preset func() (*registry.Preset, error)
}

// Load returns the presets of folders, and after them the built-in ones. A preset of a folder is decoded and checked at
// once, a built-in one when it is first needed. The error names the file and line of a mistake; an id that is taken is
// one.
func Load(folders ...Folder) (*registry.Catalog, error) {
	var files []file
	for _, folder := range folders {
		own, err := folder.load()
		if err != nil {
			return nil, err
		}
		files = append(files, own...)
	}
	builtIn, err := loadBuiltIn()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(files, byOrder)
	byID := map[string]file{}
	var entries []registry.Entry
	for _, f := range append(files, builtIn...) {
		if other, taken := byID[f.entry.ID]; taken {
			return nil, fmt.Errorf("%s: the id %q is taken by %s: choose another id", other.name, f.entry.ID, f.name)
		}
		byID[f.entry.ID] = f
		entries = append(entries, f.entry)
	}
	return registry.NewCatalog(entries, func(id string) (*registry.Preset, error) { return byID[id].preset() }), nil
}

// loadBuiltIn returns the built-in files in the order of lists. It decodes the entries only: the wizard's first frame
// shows the list of registries, and all files in full take more than its budget (BenchmarkLoadAll and BenchmarkLoad).
func loadBuiltIn() ([]file, error) {
	names, err := fs.Glob(registries, "registries/*.yaml")
	if err != nil {
		return nil, err
	}
	var files []file
	for _, name := range names {
		data, err := registries.ReadFile(name)
		if err != nil {
			return nil, err
		}
		name = path.Join("presets", name)
		entry, err := decodeEntry(name, data)
		if err != nil {
			return nil, err
		}
		preset := sync.OnceValues(func() (*registry.Preset, error) { return DecodePreset(name, data) })
		files = append(files, file{name, entry, preset})
	}
	slices.SortFunc(files, byOrder)
	return files, nil
}

// decodeEntry decodes the first paragraph of a built-in file, which has all keys of the entry and no others.
func decodeEntry(name string, data []byte) (entry registry.Entry, err error) {
	paragraph, _, _ := bytes.Cut(data, []byte("\n\n"))
	err = model.DecodeFile(name, paragraph, &entry)
	return entry, err
}

// load returns the files of the folder, checked.
func (f Folder) load() ([]file, error) {
	names, err := fs.Glob(f.Files, "*.yaml")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: no preset found: presets are files called *.yaml", f.Name)
	}
	var files []file
	for _, name := range names {
		data, err := fs.ReadFile(f.Files, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		p, err := DecodePreset(path.Join(f.Name, name), data)
		if err != nil {
			return nil, err
		}
		files = append(files, file{p.File, p.Entry, func() (*registry.Preset, error) { return p, nil }})
	}
	return files, nil
}

// DecodePreset decodes a preset file and checks it. The error names the file, and the line of each misspelled key.
func DecodePreset(name string, data []byte) (*registry.Preset, error) {
	p := &registry.Preset{File: name, Source: data}
	if err := model.DecodeFile(name, data, p); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p, nil
}

func byOrder(a, b file) int {
	return cmp.Or(cmp.Compare(a.entry.Order, b.entry.Order), cmp.Compare(a.name, b.name))
}
