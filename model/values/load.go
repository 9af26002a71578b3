package values

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// Source is a values file.
type Source struct {
	Name string // as the user gave it; "-" is standard input
	Data []byte
}

// Values is what a user's values files and settings amount to, before a chart's defaults.
type Values struct {
	sources []Source
	merged  map[string]any
	loaded  map[string]any // as the files have it, once merged was handed out to be changed
	nodes   func() []*yaml.Node
}

// Load reads values files as Helm's -f does: each by sigs.k8s.io/yaml, the first document only, later ones over earlier
// ones. The error is a *ParseError.
func Load(sources ...Source) (*Values, error) {
	v := &Values{sources: sources, merged: map[string]any{}}
	v.nodes = sync.OnceValue(v.parseNodes)
	for _, source := range sources {
		tree, err := parse(source)
		if err != nil {
			return nil, err
		}
		v.merged = merge(v.merged, tree)
	}
	return v, nil
}

// Map is the merged values, to read or to put --set on before Resolve. What is changed in it has no Position.
func (v *Values) Map() map[string]any {
	if v.loaded == nil {
		v.loaded, _ = clone(v.merged).(map[string]any)
	}
	return v.merged
}

// Tree returns the merged values. They are shared: do not change them.
func (v *Values) Tree() map[string]any { return v.merged }

// Lookup is the value at a dotted path such as global.image.tag, and whether there is one: a null counts. Items of
// lists are a[0] or a.0.
func (v *Values) Lookup(path string) (value any, ok bool) {
	value = v.merged
	for key := range strings.SplitSeq(dotted(path), ".") {
		switch node := value.(type) {
		case map[string]any:
			if value, ok = node[key]; !ok {
				return nil, false
			}
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(node) {
				return nil, false
			}
			value = node[i]
		default:
			return nil, false
		}
	}
	return value, true
}

// Position is the file and line that set a dotted path such as global.image.tag, the last file that has it; "" and 0
// when none does.
func (v *Values) Position(path string) (file string, line int) {
	if v.loaded != nil {
		now, _ := Find(v.merged, path)
		if then, _ := Find(v.loaded, path); !reflect.DeepEqual(now, then) {
			return "", 0
		}
	}
	for i, node := range slices.Backward(v.nodes()) {
		if line := lineOf(node, path); line > 0 {
			return v.sources[i].Name, line
		}
	}
	return "", 0
}

// parseNodes parses every source again, for lines: only problems need them.
func (v *Values) parseNodes() []*yaml.Node {
	nodes := make([]*yaml.Node, len(v.sources))
	for i, source := range v.sources {
		var document yaml.Node
		if err := yaml.Unmarshal(source.Data, &document); err == nil && len(document.Content) > 0 {
			nodes[i] = document.Content[0]
		}
	}
	return nodes
}
