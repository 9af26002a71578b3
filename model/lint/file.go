package lint

import (
	"bytes"
	"iter"
	"strings"

	"conductor-registry/model/values"

	"go.yaml.in/yaml/v3"
)

// file is one values file, with its lines.
type file struct {
	name string
	data []byte
	root *yaml.Node // of the first document; an empty node when it has none
}

func newFile(source values.Source) *file {
	f := &file{name: source.Name, data: source.Data, root: &yaml.Node{}}
	var document yaml.Node
	if err := yaml.Unmarshal(source.Data, &document); err == nil && len(document.Content) > 0 {
		f.root = document.Content[0]
	}
	return f
}

// lines are the file's, counted from 1, without their ends.
func (f *file) lines() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		number := 0
		for line := range bytes.Lines(f.data) {
			number++
			if !yield(number, strings.TrimRight(string(line), "\r\n")) {
				return
			}
		}
	}
}

// entry is a key of a table and its value.
type entry struct {
	path       string // dotted
	key, value *yaml.Node
}

// entries are all keys of the file, those of lists too. Aliases are not followed: what they repeat is seen where it
// stands.
func (f *file) entries() iter.Seq[entry] {
	return func(yield func(entry) bool) { walk(f.root, "", yield) }
}

func walk(n *yaml.Node, path string, yield func(entry) bool) bool {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			at := entry{strings.TrimPrefix(path+"."+n.Content[i].Value, "."), n.Content[i], n.Content[i+1]}
			if !yield(at) || !walk(at.value, at.path, yield) {
				return false
			}
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			if !walk(item, path+"[]", yield) {
				return false
			}
		}
	}
	return true
}
