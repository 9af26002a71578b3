package lint

import (
	"bytes"
	"fmt"
	"iter"
	"strings"

	"conductor-registry/model/values"

	"go.yaml.in/yaml/v3"
)

// file is one values file, with its lines.
type file struct {
	*values.File
	name  string
	data  []byte
	roots []*yaml.Node // the tops of its values
}

func newFile(f *values.File) *file {
	return &file{File: f, name: f.Name, data: f.Data, roots: f.Roots()}
}

// lines returns the lines without their ends, counted from 1.
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

// entry is a key of a mapping and its value.
type entry struct {
	path       string     // dotted
	table      *yaml.Node // the mapping
	key, value *yaml.Node
}

// entries returns all keys of the file, those in sequences too. Aliases are not followed: what they repeat is found where
// it is written.
func (f *file) entries() iter.Seq[entry] {
	return func(yield func(entry) bool) {
		for _, root := range f.roots {
			if !walk(root, "", yield) {
				return
			}
		}
	}
}

func walk(n *yaml.Node, path string, yield func(entry) bool) bool {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			at := entry{strings.TrimPrefix(path+"."+values.KeyName(n.Content[i]), "."), n, n.Content[i], n.Content[i+1]}
			if !yield(at) || !walk(at.value, at.path, yield) {
				return false
			}
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			if !walk(item, fmt.Sprintf("%s[%d]", path, i), yield) {
				return false
			}
		}
	}
	return true
}
