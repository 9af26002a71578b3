package inspect

import (
	"cmp"
	_ "embed"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
)

//go:embed candidates.yaml
var candidates []byte

// candidateWords is the content of candidates.yaml.
type candidateWords struct {
	Also       []string `yaml:"also"`
	InPath     []string `yaml:"inPath"`
	AtEnd      []string `yaml:"atEnd"`
	Switches   []string `yaml:"switches"`
	PolicyKeys []string `yaml:"policyKeys"`
	Policies   []string `yaml:"policies"`
}

// key is a candidate and what is known about it.
type key struct {
	path     string
	marker   string // contains no other key's marker
	initial  any    // the user's value or the chart's default; nil when it has neither
	isSwitch bool
	policies []string // the only values to try when helm refuses all others

	value     any    // the value that sets something; nil until one is found
	refused   string // helm's first refusal of a value
	accepted  bool   // helm rendered the chart with one
	mandatory string // helm's refusal of the empty value
	number    string // helm's refusal of a number
	isTpl     bool   // the chart evaluates the text as a template
	needs     *key   // the key without which this one sets nothing
	reaches   []Part // what it sets when nothing overrides it
	asIs      []Part // what it sets together with the chart's own values
}

// candidateKeys returns the keys to try, sorted by path. Initial holds the values before any test, own those of the
// chart's values.yaml.
func candidateKeys(profiles []*chart.Profile, initial, own map[string]any) ([]*key, error) {
	var words candidateWords
	if err := model.DecodeFile("candidates.yaml", candidates, &words); err != nil {
		return nil, err
	}
	paths := slices.Clone(words.Also)
	for _, p := range profiles {
		paths = append(paths, p.KnownPaths()...)
	}
	leaves := words.leaves(own, "")
	paths = slices.DeleteFunc(append(paths, leaves...), func(path string) bool {
		return slices.ContainsFunc(leaves, func(leaf string) bool { return strings.HasPrefix(path, leaf+".") })
	})
	slices.Sort(paths)
	var out []*key
	for i, path := range slices.Compact(paths) {
		k := &key{path: path, marker: marker(i), initial: lookup(initial, path)}
		if _, isMapping := k.initial.(map[string]any); isMapping {
			continue
		}
		_, isBool := k.initial.(bool)
		k.isSwitch = isBool || k.initial == nil && slices.Contains(words.Switches, lastName(path))
		if slices.Contains(words.PolicyKeys, lastName(path)) {
			k.policies = words.Policies
		}
		out = append(out, k)
	}
	return out, nil
}

// leaves returns the paths of strings, lists and switches in a chart's values that can be about images.
func (w candidateWords) leaves(mapping map[string]any, prefix string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(mapping)) {
		path := prefix + name
		switch value := mapping[name].(type) {
		case map[string]any:
			if len(value) > 0 {
				out = append(out, w.leaves(value, path+".")...)
			}
		case nil, string, bool, []any:
			if w.areIn(path) && !strings.Contains(name, ".") {
				out = append(out, path)
			}
		}
	}
	return out
}

func (w candidateWords) areIn(path string) bool {
	path = strings.ToLower(path)
	names := strings.Split(path, ".")
	end := strings.Join(names[max(0, len(names)-2):], ".")
	return slices.ContainsFunc(w.InPath, func(word string) bool { return strings.Contains(path, word) }) ||
		slices.ContainsFunc(w.AtEnd, func(word string) bool { return strings.Contains(end, word) })
}

// key returns the candidate with that path, or one about which nothing is known.
func (n *inspection) key(path string) *key {
	if found := n.keysThat(func(k *key) bool { return k.path == path }); len(found) > 0 {
		return found[0]
	}
	return &key{path: path}
}

func (n *inspection) keysThat(are func(*key) bool) []*key {
	return slices.DeleteFunc(slices.Clone(n.keys), func(k *key) bool { return !are(k) })
}

// unset returns the keys that are not switches and for which no value is known that sets something.
func (n *inspection) unset() []*key {
	return n.keysThat(func(k *key) bool { return !k.isSwitch && k.value == nil })
}

// found returns the keys that are not switches and set something.
func (n *inspection) found() []*key {
	return n.keysThat(func(k *key) bool { return !k.isSwitch && k.value != nil })
}

// refuse keeps helm's first refusal.
func (k *key) refuse(said string) { k.refused = cmp.Or(k.refused, said) }

// isPolicy reports whether the key accepts nothing but a pull policy.
func (k *key) isPolicy() bool { return slices.Contains(k.policies, k.marker) }

func (k *key) isText() bool {
	_, ok := k.value.(string)
	return ok
}

func (k *key) reachesAny(names ...string) bool {
	return slices.ContainsFunc(k.reaches, func(p Part) bool { return slices.Contains(names, p.Name) })
}

// isShown reports whether its default can be shown: it sets an image, a policy or a secret's name, not only a login.
func (k *key) isShown() bool {
	return slices.ContainsFunc(k.reaches, func(p Part) bool { return p.Name != partLogin })
}

// condition returns what holds while the key is set or the switch is toggled, or while it is not.
func (k *key) condition(set bool) chart.Condition {
	if on := k.value != any(false); set != on {
		return chart.Condition("!" + k.path)
	}
	return chart.Condition(k.path)
}

// conditions returns what holds while k and the keys that it needs are set; nothing for nil.
func conditions(k *key) []chart.Condition {
	if k == nil {
		return nil
	}
	return append(conditions(k.needs), k.condition(true))
}
