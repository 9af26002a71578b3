package answers

// Unconditional returns the paths of the questions that are always asked, for these components.
func Unconditional(components []string) []Path {
	var out []Path
	for _, q := range questions() {
		if q.label == "" || q.when != nil {
			continue
		}
		if q.scope.common {
			out = append(out, Path{Leaf: q.leaf})
		}
		for _, component := range components {
			if q.scope.component {
				out = append(out, Path{Component: component, Leaf: q.leaf})
			}
		}
	}
	return out
}

// Paths returns the path of every question for all environments, and for each of the components; not the fields of
// registries.
func Paths(components []string) []string {
	var out []string
	for _, q := range questions() {
		if q.scope.common {
			out = append(out, q.leaf)
		}
		for _, component := range components {
			if q.scope.component {
				out = append(out, Path{Component: component, Leaf: q.leaf}.String())
			}
		}
	}
	return out
}
