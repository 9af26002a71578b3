// Package values loads values files as Helm does, writes new ones, and edits keys of existing ones without touching
// any other byte. It knows no chart.
package values

import (
	"reflect"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"
)

// Source is a values file that was read.
type Source struct {
	Name string // as the user gave it; "-" is standard input
	Data []byte
}

// File is a values file that was parsed. It is not changed.
type File struct {
	Source
	tree map[string]any
	root func() (*yaml.Node, error) // parsed on first use: most files need no lines
}

// Parse parses the first document of a values file, as Helm 3 does. The error is a *ParseError.
func Parse(source Source) (*File, error) {
	tree, err := parse(source)
	if err != nil {
		return nil, err
	}
	return &File{source, tree, sync.OnceValues(func() (*yaml.Node, error) { return parseNodes(source.Data) })}, nil
}

// Root returns the top of the first document as nodes with lines; an empty node when there is nothing in it.
func (f *File) Root() *yaml.Node {
	root, err := f.root()
	if err != nil { // what the other YAML library took
		return &yaml.Node{}
	}
	return root
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
	merged map[string]any
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

// Merge merges values files, later ones over earlier ones.
func Merge(files ...*File) *Values {
	v := &Values{files: files, merged: map[string]any{}}
	for _, file := range files {
		v.merged = Overlay(v.merged, file.tree)
	}
	return v
}

// FromTree returns values that are in no file. They share the tree, which is only to be read.
func FromTree(tree map[string]any) *Values { return &Values{merged: tree} }

// Files returns the files in the order in which they were merged.
func (v *Values) Files() []*File { return v.files }

// Map returns the merged values to be changed, as by --set. What is changed in them has no Position.
func (v *Values) Map() map[string]any {
	if v.loaded == nil {
		v.loaded, v.merged = v.merged, clone(v.merged)
	}
	return v.merged
}

// Tree returns the merged values. They are shared: do not change them.
func (v *Values) Tree() map[string]any { return v.merged }

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
	for _, f := range slices.Backward(v.files) {
		if line := lineOf(f.Root(), path); line > 0 {
			return f.Name, line
		}
	}
	return "", 0
}
