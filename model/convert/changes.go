package convert

import (
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
)

// changes returns the edits that turn the old file into one for the new chart. New keys come first, so that mappings
// which lose all other keys stay where they are.
func (c *conversion) changes(want intent) []values.Change {
	if c.isSameChart() {
		return nil
	}
	written := c.settings(want)
	old := c.replaced(written)
	c.removed = slices.Clone(old)
	var out []values.Change
	for _, w := range written {
		value, isSet := c.old.values.Lookup(w.Path)
		if isSet && w.Is(value) {
			continue
		}
		if i := slices.IndexFunc(old, func(path string) bool { return !isSet && c.canRename(path, w) }); i >= 0 {
			_, key := values.CutKey(w.Path)
			out = append(out, values.Change{Path: old[i], Rename: key})
			old = slices.Delete(old, i, i+1)
			continue
		}
		out = append(out, w.Change())
	}
	for _, path := range old {
		out = append(out, values.Change{Path: path, Remove: true, KeepComments: true, OwnComments: c.ownComments()})
	}
	return out
}

// ownComments returns the lines of the comments that the old chart's settings are written with.
func (c *conversion) ownComments() []string {
	var out []string
	for _, s := range c.old.profile.Settings {
		for line := range strings.Lines(s.Comment) {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

// replaced returns the keys of the old file that are removed: those of images and secrets that are not written, and
// mappings of credentials that only one of the charts knows.
func (c *conversion) replaced(written []plan.KeyValue) []string {
	out := slices.Clone(c.keys.unshared)
	for _, path := range c.keys.all {
		isWritten := slices.ContainsFunc(written, func(w plan.KeyValue) bool { return w.Path == path })
		if c.keys.isReplaced(path) && !isWritten {
			out = append(out, path)
		}
	}
	return slices.DeleteFunc(out, func(path string) bool { return !c.old.sets(path) })
}

// canRename reports whether a removed key can become the new one, which keeps its line and comments: it is in the same
// mapping and has the same value.
func (c *conversion) canRename(path string, w plan.KeyValue) bool {
	value, _ := c.old.values.Lookup(path)
	oldTable, _ := values.CutKey(path)
	newTable, _ := values.CutKey(w.Path)
	return oldTable == newTable && w.Is(value)
}

// apply makes the changes. A change that is refused because another key repeats its value, as an alias does, may be
// possible once that key has changed, so refused changes are tried again. The problems are those of the first try,
// whose lines are the file's.
func apply(file *values.File, changes []values.Change) (*values.File, model.Problems) {
	out, problems := file.Apply(changes...)
	if len(problems) == 0 {
		return out, nil
	}
	out = file
	for len(changes) > 0 {
		var refused []values.Change
		for _, change := range changes {
			if changed, why := out.Apply(change); len(why) == 0 {
				out = changed
			} else {
				refused = append(refused, change)
			}
		}
		if len(refused) == len(changes) {
			return nil, problems
		}
		changes = refused
	}
	return out, nil
}
