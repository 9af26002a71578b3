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
	scopes := a.scopes(at)
	home := scopes[len(scopes)-1]
	for _, scope := range scopes {
		if text, ok := a.values[scope][at.Leaf]; ok {
			return Value{Text: text, Path: scope.with(at.Leaf), Answered: true}
		}
	}
	if at.IsRegistryField() { // it belongs beside the provider
		for _, scope := range scopes {
			if _, ok := a.values[scope][providerLeaf]; ok {
				home = scope
				break
			}
		}
	}
	return Value{Path: home.with(at.Leaf)}
}

// Registry returns the provider in force for a component in an environment ("" is all), and its fields.
func (a *Answers) Registry(environment, component string) map[string]string {
	out := map[string]string{}
	for _, scope := range a.scopes(Path{environment, component, registryPrefix}) {
		for leaf, value := range a.values[scope] {
			field, ok := strings.CutPrefix(leaf, registryPrefix)
			if _, nearer := out[field]; ok && !nearer {
				out[field] = value
			}
		}
	}
	return out
}

// scopes returns the places where an answer for a path may stand, the one that goes first before the others.
func (a *Answers) scopes(at Path) []Path {
	common := a.overlay(at.IsRegistryField(), []Path{{Environment: at.Environment}}, []Path{{}})
	if at.Component == "" {
		return common
	}
	own := a.overlay(at.IsRegistryField(), []Path{at.scope()}, []Path{{Component: at.Component}})
	return a.overlay(at.IsRegistryField(), own, common)
}

// overlay returns the nearer scopes followed by those below. Fields of a registry do not show through where the nearer
// scopes name another provider.
func (a *Answers) overlay(isRegistry bool, nearer, below []Path) []Path {
	if provider, ok := a.provider(nearer); isRegistry && ok {
		if other, _ := a.provider(below); other != provider {
			return nearer
		}
	}
	return append(nearer, below...)
}

// provider returns the first provider that scopes name.
func (a *Answers) provider(scopes []Path) (string, bool) {
	for _, scope := range scopes {
		if provider, ok := a.values[scope][providerLeaf]; ok {
			return provider, true
		}
	}
	return "", false
}

// answered reports whether a path is answered for its environment or for all, for just its component.
func (a *Answers) answered(at Path) bool {
	for _, scope := range a.overlay(at.IsRegistryField(), []Path{at.scope()}, []Path{{Component: at.Component}}) {
		if _, ok := a.values[scope][at.Leaf]; ok {
			return true
		}
	}
	return false
}
