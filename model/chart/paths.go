package chart

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Paths are value paths, in a profile one text with spaces between them: profiles hold hundreds, and are read at every
// start.
type Paths []string

// UnmarshalYAML reads the paths from text.
func (p *Paths) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: paths are one text with spaces between them, "+
			"for example server.image.tag global.image.tag", node.Line)
	}
	*p = strings.Fields(node.Value)
	return nil
}
