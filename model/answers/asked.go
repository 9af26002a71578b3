package answers

import (
	"slices"

	"conductor-registry/model/registry"
)

// asked returns the paths of the questions to ask, in order: those for all environments, and those that often differ
// between environments once for each.
func (at place) asked() []Path {
	registryPaths := at.registryPaths()
	out := slices.Concat(registryPaths, at.overrides(registryPaths...), at.patternPaths())
	for _, path := range slices.Concat(at.imagePaths(), at.secretPaths()) {
		out = append(append(out, path), at.overrides(path)...)
	}
	return out
}

// commonPaths returns the questions to ask for all environments, by what holds in this one.
func (at place) commonPaths() []Path {
	return slices.Concat(at.registryPaths(), at.patternPaths(), at.imagePaths(), at.secretPaths())
}

// overrides returns the paths that are asked again for each environment.
func (at place) overrides(paths ...Path) []Path {
	var out []Path
	for _, path := range paths {
		q, _, err := at.find(path)
		for _, env := range at.answers.Environments() {
			own := Path{Environment: env, Leaf: path.Leaf}
			if err == nil && path.Component == "" &&
				(q.perEnvironment || path.IsRegistryField() && at.answers.Has(own.String())) {
				out = append(out, own)
			}
		}
	}
	return out
}

func (at place) registryPaths() []Path {
	out := []Path{{Leaf: "chart"}, {Leaf: environmentsKey}, {Leaf: providerLeaf}}
	for _, f := range at.common().visible() {
		out = append(out, Path{Leaf: registryPrefix + f.ID})
	}
	return out
}

// visible returns the fields of the registry that apply here, or nil while its preset is not known.
func (at place) visible() []registry.Field {
	preset := at.preset()
	if preset == nil {
		return nil
	}
	return preset.Visible(at.answers.Registry(at.env, at.component))
}

// patternPaths ask for the pattern, and for registries of single components.
func (at place) patternPaths() []Path {
	out := []Path{{Leaf: "pattern"}}
	for _, component := range at.profile().Components {
		provider := Path{Component: component.Name, Leaf: providerLeaf}
		out = append(out, provider)
		if !at.answers.answered(Path{at.env, component.Name, providerLeaf}) {
			continue
		}
		for _, f := range at.in(at.env, component.Name).visible() {
			out = append(out, provider.with(registryPrefix+f.ID))
		}
	}
	return out
}

func (at place) imagePaths() []Path {
	profile := at.profile()
	var out []Path
	for _, component := range profile.Components {
		out = append(out, Path{Component: component.Name, Leaf: "repository"})
	}
	out = append(out, Path{Leaf: "tag"})
	for _, component := range profile.Components {
		path := Path{at.env, component.Name, "tag"}
		if at.answers.answered(path) || profile.WritesIn(component.Name+".tag", "") {
			out = append(out, Path{Component: component.Name, Leaf: "tag"})
		}
	}
	return append(out, Path{Leaf: "pullPolicy"})
}

func (at place) secretPaths() []Path {
	out := []Path{{Leaf: "pullSecret.method"}}
	if at.namesSecret() {
		out = append(out, Path{Leaf: "pullSecret.name"})
	}
	out = append(out, Path{Leaf: "pullSecret.namespace"})
	preset := at.common().preset()
	if preset != nil && preset.Login.Username == "" && !at.existing() {
		out = append(out, Path{Leaf: "pullSecret.username"})
	}
	return out
}
