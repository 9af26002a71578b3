package lint

import (
	"slices"
	"strings"
	"sync"

	"conductor-registry/model"
	"conductor-registry/model/values"
)

const (
	shadowedByDefault = "shadowed-by-default"
	templateInValue   = "template-in-value"
	misspelledKey     = "misspelt-key"
)

// checkMisspelledKeys looks at the mappings that images are set in, and at the top: there all keys of the chart are known.
func (c *checker) checkMisspelledKeys() {
	elsewhere := sync.OnceValue(c.keysElsewhere)
	for _, f := range c.files {
		for at := range f.entries() {
			mapping, key := values.CutKey(at.path)
			meant := closestKey(key, keysIn(mapping, c.Profile.Keys))
			if meant == "" || meant == key || elsewhere()[at.path] || at.value.Anchor != "" ||
				roleOf(key) != "" && roleOf(key) != roleOf(meant) {
				continue
			}
			path := strings.TrimPrefix(mapping+"."+meant, ".")
			misspelled := found{rule: misspelledKey, path: at.path, at: place{f.name, at.key.Line}, fix: "rename it to {meant}",
				facts: facts{"chart": c.Profile.ID, "meant": path}}
			if !c.isSet(path) {
				misspelled.changes = []values.Change{{Path: at.path, Rename: meant}}
			}
			c.report(misspelled)
		}
	}
}

// keysElsewhere returns the keys that other charts read or that a trap is about: they are not misspelled.
func (c *checker) keysElsewhere() map[string]bool {
	out := map[string]bool{}
	for _, profile := range c.Charts {
		for _, key := range profile.Keys {
			out[key] = true
		}
		for _, trap := range profile.Traps {
			for _, path := range trap.Paths {
				for ; path != ""; path, _ = values.CutKey(path) {
					out[path] = true
				}
			}
		}
	}
	return out
}

// keysIn returns the keys of a mapping among paths.
func keysIn(mapping string, paths []string) []string {
	var out []string
	for _, path := range paths {
		if in, key := values.CutKey(path); in == mapping {
			out = append(out, key)
		}
	}
	return out
}

// closestKey returns the key that was meant: itself, the same but for case, or a near one; "" if none is near.
func closestKey(key string, keys []string) string {
	if slices.Contains(keys, key) {
		return key
	}
	for _, k := range keys {
		if strings.EqualFold(k, key) {
			return k
		}
	}
	return model.Nearest(key, keys)
}

func (c *checker) reportShadowed() {
	for _, s := range c.Profile.Shadows(c.values, c.resolution) {
		c.report(found{rule: shadowedByDefault, path: s.Path, changes: c.setWinners(s.Path),
			why: "chart {chart} reads this key only while {winners} is empty",
			fix: "set {keys} to {value}",
			facts: facts{"chart": c.Profile.ID, "value": s.Value, "winner": s.Winners[0], "default": s.Default,
				"winners": strings.Join(s.Winners, " or "), "keys": strings.Join(s.Winners, " and ")}})
	}
}

// setWinners returns the edits that give the value of a hidden key to each key whose default hides it.
func (c *checker) setWinners(path string) []values.Change {
	value, _ := c.values.Lookup(path)
	text, isText := value.(string)
	if !isText {
		return nil
	}
	var out []values.Change
	for _, component := range c.Profile.Components {
		for _, chain := range component.Chains() {
			if slices.Index(chain.Paths, path) > 0 && !c.isSet(chain.Paths[0]) {
				out = append(out, values.Change{Path: chain.Paths[0], Value: values.Quote(text)})
			}
		}
	}
	return out
}

func (c *checker) reportTemplates() {
	for _, t := range c.resolution.Templates {
		c.report(found{rule: templateInValue, path: t.Path, facts: facts{"chart": c.Profile.ID, "text": quote(t.Text)}})
	}
}
