package answers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
)

// Normalise mends answers that were pasted as people find them, such as https://MyACR.azurecr.io/ for a name, and tells
// of each what it did. What is right already, or can't be mended, stays as it is.
func (c *Catalog) Normalise(a *Answers, file string) (*Answers, model.Problems) {
	out := a.Clone()
	var told model.Problems
	for _, path := range a.Paths() {
		f, err := c.Field(out, path)
		if err != nil || f.Normalise == nil || f.Check(a.Get(path)) == nil {
			continue
		}
		n := f.Normalise(a.Get(path))
		prefix := path[:strings.LastIndex(path, ".")+1]
		if n.Value == a.Get(path) || contradicts(a, prefix, n.Fields) {
			continue
		}
		out.Set(path, n.Value)
		if n.Value == "" {
			out.Unset(path) // all of it belongs to other fields
		}
		for id, value := range n.Fields {
			out.Set(prefix+id, value)
		}
		how := n.Notes
		if len(n.Fields) > 0 {
			how = append(how, "the rest answers "+strings.Join(slices.Sorted(maps.Keys(n.Fields)), " and "))
		}
		told = append(told, model.Problem{Rule: "normalised", Severity: model.Info, File: file, Line: a.Line(path),
			Path: path, Summary: fmt.Sprintf("%q is read as %q: %s", a.Get(path), n.Value, strings.Join(how, ", "))})
	}
	return out, told
}

// contradicts tells whether what an address says of other fields is not what was answered for them.
func contradicts(a *Answers, prefix string, fields map[string]string) bool {
	for id, value := range fields {
		if a.Has(prefix+id) && a.Get(prefix+id) != value {
			return true
		}
	}
	return false
}
