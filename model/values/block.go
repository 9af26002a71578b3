package values

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
	"helm.sh/helm/v4/pkg/strvals"
)

// block is one place of a file that has values.
type block struct {
	view  *view
	path  string // of the values in the view; "" for the top
	form  string
	fixed *yaml.Node // the values of text in quotes, which cannot be edited, and of parameters
	set   []parameter
	more  int // the line that begins a second document of a text; 0 when there is none
}

// parameter is one value as --set and --set-string take it.
type parameter struct {
	Name, Value string
	ForceString bool
	line        int
}

// readBlock reads one place that has values.
func (f *File) readBlock(in *view, path, form string, key, value *yaml.Node) (*block, error) {
	wrong := func(want string) error {
		return &ParseError{File: f.Name, Line: value.Line, IsOther: true,
			Reason: fmt.Sprintf("%s is %s, and the %s needs %s there", path, kindName(value), f.Kind, want)}
	}
	for value.Kind == yaml.AliasNode {
		value = value.Alias
	}
	switch {
	case form == "mapping" && value.Kind == yaml.MappingNode:
		return &block{view: in, path: path, form: form}, nil
	case form == "mapping":
		return nil, wrong("a mapping")
	case form == "text" && value.Kind == yaml.ScalarNode:
		return f.readText(in, key, value)
	case form == "text":
		return nil, wrong("text: begin it with values: |, or write valuesObject instead")
	case value.Kind == yaml.SequenceNode:
		return f.readParameters(in, path, value)
	}
	return nil, wrong("a list")
}

func kindName(n *yaml.Node) string {
	return map[yaml.Kind]string{yaml.MappingNode: "a mapping", yaml.SequenceNode: "a list", yaml.ScalarNode: "text"}[n.Kind]
}

// readText reads values that are text: a block of it, or text in quotes, whose keys all have its line.
func (f *File) readText(in *view, key, value *yaml.Node) (*block, error) {
	b := &block{form: "text"}
	if value.Style&yaml.LiteralStyle != 0 && key != nil && value.Line == key.Line {
		b.view, b.more = textView(in, key, value)
		return b, b.view.parse(f.Source)
	}
	b.view = newView([]byte(value.Value), 0, len(value.Value))
	if err := b.view.parse(f.Source); err != nil {
		if parse, ok := errors.AsType[*ParseError](err); ok {
			parse.Line = value.Line
		}
		return nil, err
	}
	b.fixed = atLine(b.view.nodes(), value.Line)
	return b, nil
}

// atLine sets the line of all nodes, and returns the top.
func atLine(n *yaml.Node, line int) *yaml.Node {
	n.Line = line
	for _, child := range n.Content {
		atLine(child, line)
	}
	return n
}

// readParameters reads a list of names and values.
func (f *File) readParameters(in *view, path string, list *yaml.Node) (*block, error) {
	mapping := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: list.Line}
	b := &block{view: in, path: path, form: "parameters", fixed: mapping}
	value := func(item *yaml.Node, key string) *yaml.Node {
		if _, n := follow(item, key, 0); n != nil {
			return n
		}
		return &yaml.Node{Line: item.Line}
	}
	for i, item := range list.Content {
		p := parameter{Name: value(item, "name").Value, Value: value(item, "value").Value,
			ForceString: value(item, "forceString").Value == "true", line: value(item, "value").Line}
		if err := p.apply(map[string]any{}); err != nil {
			return nil, &ParseError{File: f.Name, Line: item.Line,
				Reason: fmt.Sprintf("%s[%d] has a name or value that helm's --set does not take", path, i)}
		}
		b.set = append(b.set, p)
		p.addTo(mapping)
	}
	return b, nil
}

// apply sets the parameter, as Argo CD passes it to Helm (github.com/argoproj/argo-cd, util/helm, cleanSetParameters).
func (p parameter) apply(tree map[string]any) error {
	value := p.Value
	if !strings.HasPrefix(value, "{") || !strings.HasSuffix(value, "}") {
		value = escapeCommas(value)
	}
	if p.ForceString {
		return strvals.ParseIntoString(p.Name+"="+value, tree)
	}
	return strvals.ParseInto(p.Name+"="+value, tree)
}

// escapeCommas escapes the commas that are not escaped.
func escapeCommas(text string) string {
	var out strings.Builder
	for i, c := range text {
		if c == ',' && (i == 0 || text[i-1] != '\\') {
			out.WriteByte('\\')
		}
		out.WriteRune(c)
	}
	return out.String()
}

// addTo adds the parameter to a mapping of nodes, for its line and its value.
func (p parameter) addTo(mapping *yaml.Node) {
	set := map[string]any{}
	_ = p.apply(set) // it was applied before
	var node yaml.Node
	if err := node.Encode(set); err == nil {
		mergeNodes(mapping, atLine(&node, p.line))
	}
}

// mergeNodes merges a mapping of nodes into another one.
func mergeNodes(into, from *yaml.Node) {
	for i := 0; i+1 < len(from.Content); i += 2 {
		key, value := from.Content[i], from.Content[i+1]
		_, old := child(into, key.Value)
		switch {
		case old == nil:
			into.Content = append(into.Content, key, value)
		case old.Kind == yaml.MappingNode && value.Kind == yaml.MappingNode:
			mergeNodes(old, value)
		default:
			*old = *value
		}
	}
}

// top returns the node of the values in the block; nil when there are none.
func (b *block) top() *yaml.Node {
	if b.fixed != nil {
		return b.fixed
	}
	_, value := followPath(b.view.nodes(), b.path)
	return value
}

// at returns the node that gives values of a subchart at a level; nil when there is none.
func (b *block) at(under string, level int) *yaml.Node {
	top := b.top()
	if top == nil {
		return nil
	}
	return nodeAt(top, under, level)
}

// overlay returns values with those of the block over them.
func (b *block) overlay(tree map[string]any) map[string]any {
	if b.form != "parameters" {
		own := b.view.tree
		if b.path != "" {
			value, _ := Find(own, b.path)
			own, _ = value.(map[string]any)
		}
		return Overlay(tree, own)
	}
	tree = clone(tree)
	for _, p := range b.set {
		_ = p.apply(tree) // checked when it was read, as far as it can be alone
	}
	return tree
}
