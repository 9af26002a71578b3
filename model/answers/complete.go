package answers

// Complete returns a with the default of every common question that was not answered, where it is the same in all
// environments: where one has another provider or chart, its defaults are its own.
func (c *Catalog) Complete(a *Answers) *Answers {
	environments := a.EnvironmentNames()
	defaults, differs, asked := map[Path]string{}, map[Path]bool{}, map[Path]int{}
	for _, env := range environments {
		at := c.place(a).in(env, "")
		for _, path := range at.commonPaths() {
			asked[path]++
			here := Path{env, path.Component, path.Leaf}
			q, at, err := at.find(here)
			if err != nil || a.answered(here) {
				continue
			}
			if value := q.defaultFor(at); value != "" {
				differs[path] = differs[path] || defaults[path] != "" && defaults[path] != value
				defaults[path] = value
			}
		}
	}
	out := a.Clone()
	for path, value := range defaults {
		isForAll := !path.IsRegistryField() || asked[path] == len(environments) // else some have another provider
		if isForAll && !differs[path] && !a.Has(path.String()) {
			out.Set(path.String(), value)
		}
	}
	return out
}
