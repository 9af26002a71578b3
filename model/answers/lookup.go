package answers

import "strings"

// Value is an answer in force.
type Value struct {
	Text     string
	Path     Path // where it was answered; where it belongs when it was not
	Answered bool // false: Text is the default, or "" where there is none
}

// Lookup returns the answer in force at a path: that of the component goes before that of the environment, and that of
// an environment before that of all. A registry's fields are only looked up as far as its provider is the same.
func (a *Answers) Lookup(at Path) Value {
	var all [4]Path
	scopes := a.scopes(at, &all)
	home := scopes[len(scopes)-1]
	for _, scope := range scopes {
		if text, ok := a.values[scope][at.Leaf]; ok {
			return Value{Text: text, Path: scope.with(at.Leaf), Answered: true}
		}
		if at.Leaf == hostLeaf && a.namesRegistry(scope) {
			break
		}
	}
	if at.IsRegistryField() { // a missing field belongs beside the provider
		for _, scope := range scopes {
			if _, ok := a.values[scope][ProviderLeaf]; ok {
				home = scope
				break
			}
		}
	}
	return Value{Path: home.with(at.Leaf)}
}

// Registry returns the provider in force for a component in an environment ("" is all), and its fields.
func (a *Answers) Registry(environment, component string) map[string]string {
	out, namesRegistry := map[string]string{}, false
	var all [4]Path
	for _, scope := range a.scopes(Path{environment, component, registryPrefix + "*"}, &all) {
		for leaf, value := range a.values[scope] {
			field, ok := strings.CutPrefix(leaf, registryPrefix)
			if _, nearer := out[field]; ok && !nearer && (leaf != hostLeaf || !namesRegistry) {
				out[field] = value
			}
		}
		namesRegistry = namesRegistry || a.namesRegistry(scope)
	}
	return out
}

// namesRegistry reports whether a scope has fields of which the host follows: then the host of wider scopes is of another
// registry. Presets whose host is required have none of these fields.
func (a *Answers) namesRegistry(scope Path) bool {
	for _, field := range []string{"account", "region", "name", "company", "location", "owner", "namespace"} {
		if a.values[scope][registryPrefix+field] != "" {
			return true
		}
	}
	return false
}

// scopes returns the places where an answer for a path may be, nearest first, as a part of all: a lookup allocates
// nothing.
func (a *Answers) scopes(at Path, all *[4]Path) []Path {
	*all = [4]Path{at.scope(), {Component: at.Component}, {Environment: at.Environment}, {}}
	own, common := all[:2], all[2:]
	isField := at.IsRegistryField()
	if isField {
		common = a.overlay(common[:1], common[1:])
	}
	switch {
	case at.Component == "":
		return common
	case !isField:
		return all[:]
	}
	return a.overlay(a.overlay(own[:1], own[1:]), common)
}

// overlay returns the nearer scopes followed by those below. Where the nearer ones name another provider, the fields
// below belong to another registry and do not count. Both are parts of one array, nearer before below.
func (a *Answers) overlay(nearer, below []Path) []Path {
	if provider, ok := a.provider(nearer); ok {
		if other, _ := a.provider(below); other != provider {
			return nearer
		}
	}
	return append(nearer, below...)
}

// provider returns the first provider that scopes name.
func (a *Answers) provider(scopes []Path) (string, bool) {
	for _, scope := range scopes {
		if provider, ok := a.values[scope][ProviderLeaf]; ok {
			return provider, true
		}
	}
	return "", false
}

// answered reports whether a path is answered for its environment or for all, for just its component.
func (a *Answers) answered(at Path) bool {
	v := a.Lookup(at)
	return v.Answered && v.Path.Component == at.Component
}
