package session

import (
	"strings"

	"conductor-registry/model/plan"
	"conductor-registry/model/values"
)

// Excerpt is what a pattern writes for the registry of the first component with these answers, a line a key.
func (d *Draft) Excerpt(pattern string) []string {
	first := d.Catalog.Components(d.Answers)[0]
	var out []string
	for _, w := range d.names(pattern) {
		if w.Component == "" || w.Component == first {
			out = append(out, w.Path+": "+w.Text)
		}
	}
	return out
}

// Values is what a pattern writes for the image names with these answers, as in the file.
func (d *Draft) Values(pattern string) []string {
	file := values.NewDocument("")
	for _, w := range d.names(pattern) {
		file.Set(w.Path, w.Text, "")
	}
	return strings.FieldsFunc(string(file.Bytes()), func(r rune) bool { return r == '\n' }) // without empty lines
}

// names are the keys of the image names that a pattern writes.
func (d *Draft) names(pattern string) []plan.KeyValue {
	with := d.Answers.Clone()
	with.Set("pattern", pattern)
	var out []plan.KeyValue
	for _, w := range plan.Keys(d.Catalog, with) {
		if w.Names("registry", "repository", "fullName") {
			out = append(out, w)
		}
	}
	return out
}
