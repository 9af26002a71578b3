package values

import (
	"slices"
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

// isKey reports whether a node is the key of that name.
func isKey(n *yamlv3.Node, name string) bool {
	if n.Kind == yamlv3.AliasNode {
		n = n.Alias
	}
	return n.Kind == yamlv3.ScalarNode && KeyName(n) == name
}

// KeyName returns the name that Helm gives a key: for a plain 0x0 it is 0, for a plain yes it is true.
func KeyName(key *yamlv3.Node) string {
	isQuoted := key.Style != 0
	if key.Tag == "!!str" && (isQuoted || !slices.Contains(retyped(), strings.ToLower(key.Value))) {
		return key.Value
	}
	var mapping map[string]any
	if err := yaml.Unmarshal([]byte(key.Value+": 0"), &mapping); err == nil {
		for name := range mapping {
			return name
		}
	}
	return key.Value
}
