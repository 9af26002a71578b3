package values

import (
	"slices"
	"strings"
)

// Document is a new YAML file: a mapping whose keys stay in the order in which they were first set, with comments. The
// same calls give the same bytes.
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

// NewDocument returns an empty document. The lines of header become comments at its top; "" is for none.
func NewDocument(header string) *Document { return &Document{header: header} }

// SchemaLine returns the line of a header that names the file's JSON Schema to the YAML language server of editors; ""
// without an address.
func SchemaLine(url string) string {
	if url == "" {
		return ""
	}
	return "yaml-language-server: $schema=" + url + "\n"
}

// Set puts text, a finished scalar (see Quote), at a dotted path. The comment stands on the line above the key.
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

// Bytes returns the document, ending in a newline. Empty lines separate top-level mappings.
func (d *Document) Bytes() []byte {
	var b strings.Builder
	b.WriteString(commentLines(d.header, "", "\n"))
	for i, n := range d.root.children {
		if i > 0 && (len(n.children) > 0 || len(d.root.children[i-1].children) > 0) || i == 0 && d.header != "" {
			b.WriteByte('\n')
		}
		n.write(&b, "")
	}
	return []byte(b.String())
}

func (n *node) write(b *strings.Builder, indent string) {
	b.WriteString(commentLines(n.comment, indent, "\n"))
	b.WriteString(indent + QuoteIfNeeded(n.key) + ":")
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

// commentLines returns text as YAML comments, a line for each of its lines.
func commentLines(text, indent, eol string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(indent + strings.TrimSpace("# "+strings.TrimSpace(line)) + eol)
	}
	return b.String()
}
