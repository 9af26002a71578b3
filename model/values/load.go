// Package values loads values files as Helm does, writes new ones, and edits keys of existing ones without touching
// any other byte. It knows no chart.
package values

import (
	"bytes"
	"cmp"
	"reflect"
	"slices"

	"go.yaml.in/yaml/v3"
)

// Source is a file that was read and that has values: a values file, or an object that passes values to Helm.
type Source struct {
	Name  string // as the user gave it; "-" is standard input
	Data  []byte
	Under string // the key of the subchart whose values are wanted, such as conductor or platform.conductor; or ""

	IsDefaults bool // the values.yaml of a parent chart, which Helm reads itself
	IsAnyFile  bool // the keys at the top are read and edited, whatever the file is
}

// With returns the source with other data.
func (s Source) With(data []byte) Source {
	s.Data = data
	return s
}

// File is a file with values that was parsed. It is not changed.
type File struct {
	Source
	Kind   string   // of the Kubernetes object that has the values; "" for a values file
	Unread []Place  // where it names values that are elsewhere
	hidden []*block // places with values that others replace
	outer  map[string]any
	tree   map[string]any // the values of the chart, or of the subchart
	blocks []*block
}

// Place is a key of a file.
type Place struct {
	Path string // from the top of the file
	Line int
}

// Parse parses a file with values: those of a Kubernetes object that passes them to Helm, else the first document, as
// Helm 3 does. The error is a *ParseError.
func Parse(source Source) (*File, error) {
	f := &File{Source: source}
	if err := f.findBlocks(); err != nil {
		return nil, err
	}
	f.outer = map[string]any{}
	for _, b := range f.blocks {
		f.outer = b.overlay(f.outer)
	}
	f.tree = subchartValues(f.outer, source.Under)
	return f, nil
}

// Root returns the top of the values as nodes with lines; an empty node when there is nothing in it.
func (f *File) Root() *yaml.Node {
	if roots := f.Roots(); len(roots) > 0 {
		return roots[0]
	}
	return &yaml.Node{}
}

// Roots returns the tops of all places that have values, in the order in which later ones override.
func (f *File) Roots() []*yaml.Node {
	var out []*yaml.Node
	for level := range levels(f.Under) {
		for _, b := range f.blocks {
			if at := b.at(f.Under, level); at != nil {
				out = append(out, at)
			}
		}
	}
	return out
}

// parseNodes returns the content of the first document; an empty node when there is none.
func parseNodes(data []byte) (*yaml.Node, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	if len(document.Content) == 0 {
		return &yaml.Node{}, nil
	}
	return document.Content[0], nil
}

// Values are a user's merged values files and settings, before a chart's defaults.
type Values struct {
	files  []*File
	under  string
	outer  map[string]any // as helm is given them
	parent map[string]any // the defaults of the parent chart; nil without one
	merged map[string]any // those of the chart, or of the subchart
	loaded map[string]any // as the files have it, once merged was handed out to be changed
}

// Load parses and merges values files in the order of Helm's -f. The error is a *ParseError.
func Load(sources ...Source) (*Values, error) {
	files := make([]*File, len(sources))
	for i, source := range sources {
		var err error
		if files[i], err = Parse(source); err != nil {
			return nil, err
		}
	}
	return Merge(files...), nil
}

// Merge merges values files, later ones over earlier ones. Beside files with the values of a parent chart, a file without
// Under has those of the subchart.
func Merge(files ...*File) *Values {
	v := &Values{files: files, outer: map[string]any{}}
	for _, file := range files {
		v.under = cmp.Or(v.under, file.Under)
	}
	for _, file := range files {
		outer := file.outer
		if file.Under == "" && v.under != "" {
			outer = map[string]any{}
			Set(outer, v.under, file.outer)
		}
		if file.IsDefaults {
			v.parent = outer
			continue
		}
		v.outer = Overlay(v.outer, outer)
	}
	v.merged = subchartValues(v.inParent(), v.under)
	return v
}

// FromTree returns values that are in no file. They share the tree, which is only to be read.
func FromTree(tree map[string]any) *Values { return &Values{outer: tree, merged: tree} }

// Files returns the files in the order in which they were merged.
func (v *Values) Files() []*File { return v.files }

// Map returns the merged values to be changed. What is changed in them has no Position.
func (v *Values) Map() map[string]any {
	if v.loaded == nil {
		v.loaded, v.merged = v.merged, clone(v.merged)
	}
	return v.merged
}

// Change changes the values that helm is given, as --set does: those of the parent chart where there is one. What it
// changes has no Position.
func (v *Values) Change(change func(map[string]any) error) error {
	if v.under == "" {
		return change(v.Map())
	}
	v.Map()
	v.outer = clone(v.outer)
	err := change(v.outer)
	v.merged = subchartValues(v.inParent(), v.under)
	return err
}

// Tree returns the merged values. They are shared: do not change them.
func (v *Values) Tree() map[string]any { return v.merged }

// Outer returns the merged values as helm is given them: with those of the parent chart. They are shared: do not change
// them.
func (v *Values) Outer() map[string]any {
	if v.under == "" {
		return v.merged
	}
	return v.outer
}

// WithDefaults returns the values of the parent chart as it renders its subcharts with them: its defaults count. They are
// shared: do not change them.
func (v *Values) WithDefaults() map[string]any {
	if v.under == "" {
		return v.merged
	}
	return v.inParent()
}

// inParent returns the values over the parent chart's defaults. Helm passes the defaults of global down first, so a null
// over one of them leaves it to the subchart's mapping; a null in that mapping stays and removes the subchart's own default.
func (v *Values) inParent() map[string]any {
	passed, ok := v.parent[globalKey].(map[string]any)
	if !ok {
		return Overlay(v.parent, v.outer)
	}
	below := map[string]any{}
	Set(below, v.under+"."+globalKey, passed)
	out := Overlay(Overlay(v.parent, below), v.outer)
	own, _ := v.outer[globalKey].(map[string]any)
	out[globalKey] = Coalesce(passed, own)
	return out
}

// Lookup returns what Find does for the merged values.
func (v *Values) Lookup(path string) (value any, ok bool) { return Find(v.merged, path) }

// Position returns the file and line that set a dotted path, of the last file that has it; "" and 0 when none does.
func (v *Values) Position(path string) (file string, line int) {
	if v.loaded != nil {
		now, _ := Find(v.merged, path)
		if before, _ := Find(v.loaded, path); !reflect.DeepEqual(now, before) {
			return "", 0
		}
	}
	for level := levels(v.under) - 1; level >= 0; level-- {
		for _, f := range slices.Backward(v.files) {
			for _, b := range slices.Backward(f.blocks) {
				if line := lineOf(b.at(f.Under, level), path); line > 0 {
					return f.Name, line
				}
			}
		}
	}
	return "", 0
}

// SecondDocument returns the line, from 1, that ends the values when another document with content follows: of a values
// file, or of a block of text. It is 0 when none does. The objects of a manifest do not count.
func (f *File) SecondDocument() int {
	for _, b := range f.blocks {
		switch {
		case b.more > 0:
			return b.more
		case f.Kind == "" && (bytes.Contains(f.Data, []byte("---")) || bytes.Contains(f.Data, []byte("..."))):
			return b.view.lines().secondDocument()
		}
	}
	return 0
}
