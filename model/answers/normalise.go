package answers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// Normalise fixes answers that were pasted as people find them, such as https://MyACR.azurecr.io/ for a name, and
// reports each change. What is valid already, or cannot be fixed, stays as it is.
func (c *Catalog) Normalise(a *Answers, file string) (*Answers, model.Problems) {
	out := a.Clone()
	at := c.place(out)
	var changes model.Problems
	for _, path := range a.Paths() {
		q, at, err := at.find(ParsePath(path))
		if err != nil || q.normalise == nil || q.check(at, a.Get(path)) == nil || image.HasLogin(a.Get(path)) {
			continue
		}
		n := q.normalise(a.Get(path))
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
		notes := n.Notes
		if len(n.Fields) > 0 {
			notes = append(notes, "the rest sets "+strings.Join(slices.Sorted(maps.Keys(n.Fields)), " and "))
		}
		changes = append(changes, model.Problem{Rule: "normalised", Severity: model.Info, File: file, Line: a.Line(path),
			Path: path, Summary: fmt.Sprintf("%q is read as %q: %s", a.Get(path), n.Value, strings.Join(notes, ", "))})
	}
	if len(changes) == 0 {
		return a, nil
	}
	return out, changes
}

// contradicts reports whether a pasted address says of other fields what was not answered for them.
func contradicts(a *Answers, prefix string, fields map[string]string) bool {
	for id, value := range fields {
		if a.Has(prefix+id) && a.Get(prefix+id) != value {
			return true
		}
	}
	return false
}
