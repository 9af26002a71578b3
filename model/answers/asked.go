package answers

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/registry"
)

// asked returns the paths of the questions to ask, in order: those for all environments, and those that often differ
// between environments, or that one of them answers, once for each. Those of a registry come again after all of its fields.
func (at place) asked() []Path {
	registryPaths := slices.Concat(at.onPage(Chart), at.onPage(Registry), at.onPage(Details))
	out := slices.Concat(registryPaths, at.overrides(registryPaths...))
	for page := Pattern; page < Review; page++ {
		for _, path := range at.onPage(page) {
			out = append(append(out, path), at.overrides(path)...)
		}
	}
	return out
}

// commonPaths returns the questions to ask for all environments, by what holds in this one.
func (at place) commonPaths() []Path {
	var out []Path
	for page := range Review {
		out = append(out, at.onPage(page)...)
	}
	return out
}

// onPage returns the questions of a page, in the order of the list: each for all components, then for each component.
func (at place) onPage(page Page) []Path {
	var out []Path
	components := at.profile().ComponentNames()
	for _, q := range at.questions {
		if q.scope.common && q.page == page && q.isAsked(at.common()) {
			out = append(append(out, Path{Leaf: q.leaf}), at.common().fieldsOf(q)...)
		}
		if !q.scope.component {
			continue
		}
		for _, name := range components {
			if at := at.in(at.env, name); q.pageFor(at) == page && q.isAsked(at) {
				out = append(append(out, Path{Component: name, Leaf: q.leaf}), at.fieldsOf(q)...)
			}
		}
	}
	return out
}

// fieldsOf returns the fields of the registry that was answered to a question; nil for other questions.
func (at place) fieldsOf(q question) []Path {
	if q.leaf != ProviderLeaf || at.component != "" && !at.answers.answered(at.path(ProviderLeaf)) {
		return nil
	}
	return model.Map(at.visible(), func(f registry.Field) Path {
		return Path{Component: at.component, Leaf: registryPrefix + f.ID}
	})
}

// visible returns the fields of the registry that apply here, or nil while its preset is not known.
func (at place) visible() []registry.Field {
	preset := at.preset()
	if preset == nil {
		return nil
	}
	return preset.Visible(at.answers.Registry(at.env, at.component))
}

// overrides returns the paths that are asked again for each environment.
func (at place) overrides(paths ...Path) []Path {
	var out []Path
	for _, path := range paths {
		q, _, err := at.find(path)
		for _, env := range at.answers.Environments() {
			own := Path{Environment: env, Component: path.Component, Leaf: path.Leaf}
			if err == nil && q.scope.environment && (q.perEnvironment && path.Component == "" || at.answers.Has(own.String())) {
				out = append(out, own)
			}
		}
	}
	return out
}
