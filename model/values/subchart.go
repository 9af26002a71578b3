package values

import (
	"maps"
	"strings"

	"go.yaml.in/yaml/v3"
)

// globalKey is the one mapping that Helm passes down to subcharts.
const globalKey = "global"

// levels returns how many mappings give values to the subchart: its own, and the global one of each chart above it.
func levels(under string) int {
	if under == "" {
		return 1
	}
	return strings.Count(under, ".") + 2
}

// subchartValues returns the values of a subchart in those of its parent: what is below its key, and below it what is in
// the parent's global, which wins unless it is null at its top (helm.sh/helm/v3/pkg/chartutil, coalesceGlobals). It does
// not change outer.
func subchartValues(outer map[string]any, under string) map[string]any {
	if under == "" {
		return outer
	}
	here := outer
	for key := range strings.SplitSeq(under, ".") {
		below, _ := here[key].(map[string]any)
		next := maps.Clone(below)
		if next == nil {
			next = map[string]any{}
		}
		if passed, ok := here[globalKey].(map[string]any); ok {
			own, _ := next[globalKey].(map[string]any)
			passed = maps.Clone(passed)
			maps.DeleteFunc(passed, func(_ string, value any) bool { return value == nil })
			next[globalKey] = Overlay(own, passed)
		}
		here = next
	}
	return here
}

// nodeAt returns the node that gives values of a subchart at a level: 0 is what is below its own key; each further one is
// the global mapping of a chart above it, the outermost last, as a mapping with nothing else. It is nil when there is none.
func nodeAt(root *yaml.Node, under string, level int) *yaml.Node {
	if under == "" {
		return root
	}
	keys := strings.Split(under, ".")
	for _, key := range keys[:len(keys)-level] {
		if _, root = follow(root, key, 0); root == nil {
			return nil
		}
	}
	if level == 0 {
		return root
	}
	key, value := follow(root, globalKey, 0)
	if value == nil || key == nil {
		return nil
	}
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: key.Line, Column: key.Column,
		Content: []*yaml.Node{key, value}}
}

// pathAt returns the path of a subchart's values at a level, with a dot at its end; "" for the top.
func pathAt(under string, level int) string {
	if under == "" {
		return ""
	}
	keys := strings.Split(under, ".")
	keys = keys[:len(keys)-level]
	return strings.Join(append(keys, ""), ".")
}
