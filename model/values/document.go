// Package document writes small YAML documents in a fixed key order, with comments. It never reads YAML and never
// reorders: the same calls give the same bytes.
package values

import (
	"slices"
	"strconv"
	"strings"
)

// Document is a mapping whose keys stay in the order they were first set.
type Document struct {
	header string
	root   node
}

type node struct {
	key      string
	text     string // a finished scalar, or "" for a mapping
	items    []string
	comment  string
	children []*node
}

// New starts a document below header, whose lines become comments; "" is none.
func New(header string) *Document { return &Document{header: header} }

// Set puts text, a finished scalar (see Quote), at a dotted path. A comment stands on the line above the key.
func (d *Document) Set(path, text, comment string) {
	leaf := d.at(path)
	leaf.text, leaf.comment = text, comment
}

// SetList puts a list at a dotted path; each item is a finished one-line YAML value.
func (d *Document) SetList(path string, items []string, comment string) {
	leaf := d.at(path)
	leaf.items, leaf.comment = items, comment
}

// SetEmpty puts an empty mapping at a dotted path, unless it has keys.
func (d *Document) SetEmpty(path string) {
	if leaf := d.at(path); len(leaf.children) == 0 {
		leaf.text = "{}"
	}
}

func (d *Document) at(path string) *node {
	here := &d.root
	for key := range strings.SplitSeq(path, ".") {
		i := slices.IndexFunc(here.children, func(n *node) bool { return n.key == key })
		if i < 0 {
			here.children, i = append(here.children, &node{key: key}), len(here.children)
		}
		here = here.children[i]
	}
	return here
}

// Bytes is the document, ending in a newline. Top-level mappings are set apart by an empty line.
func (d *Document) Bytes() []byte {
	var b strings.Builder
	comment(&b, d.header, "")
	for i, n := range d.root.children {
		if i > 0 && (len(n.children) > 0 || len(d.root.children[i-1].children) > 0) || i == 0 && d.header != "" {
			b.WriteByte('\n')
		}
		n.write(&b, "")
	}
	return []byte(b.String())
}

func (n *node) write(b *strings.Builder, indent string) {
	comment(b, n.comment, indent)
	b.WriteString(indent + Word(n.key) + ":")
	if n.text != "" {
		b.WriteString(" " + n.text)
	}
	b.WriteByte('\n')
	for _, item := range n.items {
		b.WriteString(indent + "  - " + item + "\n")
	}
	for _, child := range n.children {
		child.write(b, indent+"  ")
	}
}

func comment(b *strings.Builder, text, indent string) {
	for line := range strings.Lines(text) {
		b.WriteString(indent + strings.TrimSpace("# "+strings.TrimSpace(line)) + "\n")
	}
}

// Quote is text as a double-quoted YAML scalar. Quoted text keeps its type: 5.10 stays 5.10. Every escape that Go
// writes is one of YAML's (https://yaml.org/spec/1.1/#escaping).
func Quote(text string) string { return strconv.Quote(text) }

// Word is text bare where every YAML reader takes it for a string, else quoted.
func Word(text string) string {
	for i, r := range text {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || (r < '0' || r > '9') && r != '-' && r != '/') {
			return Quote(text)
		}
	}
	if text == "" || slices.Contains(retyped(), strings.ToLower(text)) {
		return Quote(text)
	}
	return text
}

// retyped are the words that YAML 1.1 does not read as text (https://yaml.org/type/bool.html, null.html).
func retyped() []string {
	return []string{"y", "yes", "n", "no", "true", "false", "on", "off", "null"}
}
