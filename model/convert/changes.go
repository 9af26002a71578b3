package convert

import (
	"slices"
	"strings"

	"conductor-registry/model/plan"
	"conductor-registry/model/values"
)

// changes are the edits that make the old file one for the new chart. New keys come first, so that tables which lose
// all others stay where they are.
func (c *conversion) changes(want intent) []values.Change {
	if c.from.ID == c.to.ID {
		return nil // the same keys
	}
	written := c.express(want)
	old := c.leaving(written)
	c.left = slices.Clone(old)
	var out []values.Change
	for _, w := range written {
		value, ok := c.values.Lookup(w.Path)
		if ok && w.Is(value) {
			continue
		}
		if i := slices.IndexFunc(old, func(path string) bool { return !ok && c.renames(path, w) }); i >= 0 {
			out = append(out, values.Change{Path: old[i], Rename: lastKey(w.Path)})
			old = slices.Delete(old, i, i+1)
			continue
		}
		change := values.Change{Path: w.Path, Value: w.Text, Comment: w.Comment}
		if w.IsList {
			change.Value = "- name: " + w.Text
		}
		out = append(out, change)
	}
	for _, path := range old {
		out = append(out, values.Change{Path: path, Remove: true})
	}
	return out
}

// leaving are the old file's keys that are taken out: those of images and secrets that are not written, and tables of
// logins that only one of the charts knows.
func (c *conversion) leaving(written []plan.Written) []string {
	var out []string
	for _, table := range c.keys.gone {
		if c.has(table) {
			out = append(out, table)
		}
	}
	for _, path := range c.keys.all {
		isWritten := slices.ContainsFunc(written, func(w plan.Written) bool { return w.Path == path })
		if c.has(path) && c.keys.leaves(path) && !isWritten {
			out = append(out, path)
		}
	}
	return out
}

// renames tells whether a key that leaves can become the new one: it stands in the same table and has the same value,
// so its line and its comments stay.
func (c *conversion) renames(path string, w plan.Written) bool {
	value, _ := c.values.Lookup(path)
	return strings.TrimSuffix(path, lastKey(path)) == strings.TrimSuffix(w.Path, lastKey(w.Path)) && w.Is(value)
}

func lastKey(path string) string { return path[strings.LastIndex(path, ".")+1:] }
