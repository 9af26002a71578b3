package draft

import "conductor-registry/model/plan"

// Excerpt is what a pattern writes for the registry of the first component with these answers, a line a key.
func (d *Draft) Excerpt(pattern string) []string {
	with := d.Answers.Clone()
	with.Set("pattern", pattern)
	first := d.Catalog.Components(with)[0]
	var out []string
	for _, w := range plan.Keys(d.Catalog, with) {
		if w.Names("registry", "repository", "fullName") && (w.Component == "" || w.Component == first) {
			out = append(out, w.Path+": "+w.Text)
		}
	}
	return out
}
