package inspect

import (
	_ "embed"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/chart"
)

//go:embed candidates.yaml
var candidates []byte

// hints are candidates.yaml.
type hints struct {
	Also, Own, Switches, Policies, Words []string
}

// key is one candidate, and what was learnt of it.
type key struct {
	path     string
	marker   string // the text that no other key has
	isSwitch bool
	policies []string // the only values that it may take; nil for all
	value    any      // the form of the marker that reaches something; nil while none does
	byEffect bool     // value holds no marker: what it reaches is known by what changes
	standing any      // its value before anything is tried: the user's or the chart's own; nil when it has none
	refused  string   // helm's words when it refused a form
	accepted bool     // helm took a form
	needs    *key     // the key without which it reaches nothing
	reaches  []Part   // what it reaches when nothing comes before it
	asIs     []Part   // what it reaches with all that stands in the chart's values
	number   string   // helm's words when it refuses a number
	tpl      bool     // the text is run as a template
}

// gather lists the candidates for a chart, sorted by path. Standing are the values that it has before anything is
// tried, own those of its values.yaml.
func gather(profiles []*chart.Profile, standing, own map[string]any) ([]*key, error) {
	var h hints
	if err := yaml.Unmarshal(candidates, &h); err != nil {
		return nil, err
	}
	paths := slices.Clone(h.Also)
	for _, p := range profiles {
		paths = append(paths, p.KnownPaths()...)
	}
	leaves := h.worthTrying(own, "")
	paths = slices.DeleteFunc(append(paths, leaves...), func(path string) bool {
		return slices.ContainsFunc(leaves, func(leaf string) bool { return strings.HasPrefix(path, leaf+".") })
	})
	slices.Sort(paths)
	var out []*key
	for i, path := range slices.Compact(paths) {
		k := &key{path: path, marker: marker(i), standing: lookup(standing, path)}
		if _, isTable := k.standing.(map[string]any); isTable {
			continue
		}
		last := path[strings.LastIndex(path, ".")+1:]
		if _, isBool := k.standing.(bool); isBool || k.standing == nil && slices.Contains(h.Switches, last) {
			k.isSwitch, k.byEffect = true, true
		}
		if slices.Contains(h.Policies, last) {
			k.policies = h.Words
		}
		out = append(out, k)
	}
	return out, nil
}

// worthTrying are the paths of texts, lists and switches in a chart's own values that may be about images.
func (h hints) worthTrying(table map[string]any, prefix string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(table)) {
		path := prefix + name
		if below, ok := table[name].(map[string]any); ok && len(below) > 0 {
			out = append(out, h.worthTrying(below, path+".")...)
			continue
		}
		about := slices.ContainsFunc(h.Own, func(word string) bool {
			return strings.Contains(strings.ToLower(path), word)
		})
		switch table[name].(type) {
		case nil, string, bool, []any:
			if about && !strings.ContainsAny(name, ".") {
				out = append(out, path)
			}
		}
	}
	return out
}
