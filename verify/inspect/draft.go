package inspect

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/chart"
)

// draft returns the profile as a file for --profile, with comments on what rendering cannot show.
func (n *inspection) draft(helm string, p *chart.Profile) ([]byte, error) {
	root, err := encode(reflect.ValueOf(*p))
	if err != nil {
		return nil, err
	}
	root.HeadComment = strings.Join(n.notes(helm, p), "\n")
	var b strings.Builder
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return nil, err
	}
	return []byte(b.String()), encoder.Close()
}

// notes returns what a person has to check or add, and why.
func (n *inspection) notes(helm string, p *chart.Profile) []string {
	out := []string{
		fmt.Sprintf("A profile of chart %s %s for --profile, found by conductor-registry inspect with helm %s.", p.Name,
			p.Version, helm),
		"Check it before you use it. Rendering one chart does not show:",
		"- other releases that read the same keys (releases), and those that cannot be used (refused)",
		"- how helm names the chart (install.chart), and what else a first installation needs (install.note)",
		"- values of other keys that make helm refuse (steps)",
		"Titles, summaries and methods are those of the nearest known profile.",
	}
	for _, k := range n.keys {
		if k.reachesAny(partDigest) {
			out = append(out, k.path+" is a digest that replaces the tag: a profile cannot express that.")
		}
		if slices.Contains(k.reaches, Part{n.components[0].Name, partPull}) && !k.isText() && !k.isSwitch {
			out = append(out, k.path+" is a list of pull secrets: pullSecrets below can only read texts.")
		}
	}
	for _, c := range n.components {
		if !c.isMain {
			out = append(out, fmt.Sprintf("%s %s also runs the container %s, which is not a component here.", c.Kind, c.Pod,
				c.Container))
		} else if !slices.Equal(n.asIs.secretsOf(c), n.asIs.secretsOf(n.components[0])) {
			out = append(out, c.Name+" has pull secrets of its own: a profile has one rule for all pods.")
		}
	}
	return out
}

// encode returns the YAML of a value, without the fields that are not set. A mapping or a list that fits on a line is
// written on one.
func encode(v reflect.Value) (*yaml.Node, error) {
	out := &yaml.Node{}
	switch v.Kind() {
	case reflect.Struct:
		out.Kind = yaml.MappingNode
		for field, value := range v.Fields() {
			name := field.Tag.Get("yaml")
			if isUnset(value) || name == "-" {
				continue
			}
			node, err := encode(value)
			if err != nil {
				return nil, err
			}
			out.Content = append(out.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: name}, node)
		}
	case reflect.Slice:
		out.Kind = yaml.SequenceNode
		for i := range v.Len() {
			item, err := encode(v.Index(i))
			if err != nil {
				return nil, err
			}
			out.Content = append(out.Content, item)
		}
	default:
		if err := out.Encode(v.Interface()); err != nil {
			return nil, err
		}
	}
	if length(out) < lineLength {
		out.Style = yaml.FlowStyle
	}
	return out, nil
}

// isUnset reports whether a field is left out. An empty text in a field of type any is set.
func isUnset(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		for _, value := range v.Fields() {
			if !isUnset(value) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
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
