package session

import (
	"strings"

	"conductor-registry/model/plan"
	"conductor-registry/model/values"
)

// Excerpt returns the keys that a pattern writes for the image of the first component, one "KEY: VALUE" line each.
func (d *Draft) Excerpt(pattern string) []string {
	first := d.Catalog.Components(d.Answers)[0]
	var out []string
	for _, w := range d.imageKeys(pattern) {
		if w.Component == "" || w.Component == first {
			out = append(out, w.Path+": "+w.Text)
		}
	}
	return out
}

// Values returns the YAML lines that a pattern writes for all images, without empty lines.
func (d *Draft) Values(pattern string) []string {
	file := values.NewDocument("")
	for _, w := range d.imageKeys(pattern) {
		file.Set(w.Path, w.Text, "")
	}
	return strings.FieldsFunc(string(file.Bytes()), func(r rune) bool { return r == '\n' })
}

// imageKeys returns the keys of image names that a pattern writes.
func (d *Draft) imageKeys(pattern string) []plan.KeyValue {
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
