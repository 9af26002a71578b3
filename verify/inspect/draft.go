package inspect

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// draft returns the profile as a file for --profile, with comments on what rendering cannot show.
func (n *inspection) draft(helm string) ([]byte, error) {
	root := encode(reflect.ValueOf(*n.profile))
	root.HeadComment = strings.Join(n.notes(helm), "\n")
	var b strings.Builder
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return nil, err
	}
	return []byte(b.String()), encoder.Close()
}

// notes returns what a person has to check or add, and why.
func (n *inspection) notes(helm string) []string {
	out := []string{
		fmt.Sprintf("A profile of chart %s %s for --profile, found by conductor-registry inspect with helm %s.",
			n.profile.Name, n.profile.Version, helm),
		"Check it before you use it. Rendering one chart does not show:",
		"- other releases that read the same keys (releases), and those that cannot be used (refused)",
		"- how helm names the chart (install.chart), and what else a first installation needs (install.note)",
		"- values of other keys that make helm refuse (steps)",
	}
	if len(n.shapesLeft) > 0 {
		out = append(out, fmt.Sprintf("- whether %d other keys, such as %s, must be mappings or lists (shapes)",
			len(n.shapesLeft), n.shapesLeft[0].path))
	}
	out = append(out, "Titles, summaries and methods are those of the nearest known profile.")
	for _, k := range n.keys {
		if k.reachesAny(partDigest) {
			out = append(out, k.path+" is a digest that replaces the tag: a profile cannot express that.")
		}
	}
	for _, c := range n.components {
		if !c.isMain {
			out = append(out, fmt.Sprintf("%s %s also runs the container %s, which is not a component here.", c.Kind, c.Pod,
				c.Container))
		} else if !slices.Equal(c.PullSecrets, n.components[0].PullSecrets) {
			out = append(out, c.Name+" has pull secrets of its own: a profile has one rule for all pods.")
		}
	}
	return out
}

// encode returns the YAML of a value, without the fields that are not set; an empty text in a field of type any is set.
// A mapping or a list that fits on a line is written on one.
func encode(v reflect.Value) *yaml.Node {
	out := &yaml.Node{}
	switch v.Kind() {
	case reflect.Struct:
		out.Kind = yaml.MappingNode
		for field, value := range v.Fields() {
			name, node := field.Tag.Get("yaml"), encode(value)
			isEmpty := value.IsZero() || node.Kind != yaml.ScalarNode && len(node.Content) == 0
			switch {
			case isEmpty, name == "-":
			case name == ",inline":
				out.Content = append(out.Content, node.Content...)
			default:
				out.Content = append(out.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: name}, node)
			}
		}
	case reflect.Slice:
		out.Kind = yaml.SequenceNode
		for i := range v.Len() {
			out.Content = append(out.Content, encode(v.Index(i)))
		}
	default:
		_ = out.Encode(v.Interface()) // cannot fail: texts, switches and values that were YAML
	}
	if length(out) < lineLength {
		out.Style = yaml.FlowStyle
	}
	return out
}

// lineLength is how long a mapping or list on one line can be, in characters.
const lineLength = 100

// length returns about how many characters a node takes on one line.
func length(node *yaml.Node) int {
	out := len(node.Value) + len(", ")
	for _, below := range node.Content {
		out += length(below)
	}
	return out
}
