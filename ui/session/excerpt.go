package session

import "conductor-registry/model/plan"

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
