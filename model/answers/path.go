package answers

import "strings"

// Path names one answer: a leaf such as "tag" or "registry.host", for one environment and one component, or for all.
type Path struct {
	Environment string // "" for all environments
	Component   string // "" for all components
	Leaf        string
}

// ProviderLeaf is the question which registry it is; the registry's fields stand beside it.
const ProviderLeaf = "registry.provider"

const (
	environmentsKey = "environments"
	componentsKey   = "components"
	registryPrefix  = "registry."
	hostLeaf        = "registry.host"
	methodLeaf      = "pullSecret.method"
	usernameLeaf    = "pullSecret.username"
)

// ParsePath splits a path as the answers file nests it, such as "environments.dev.components.server.tag".
func ParsePath(text string) Path {
	var p Path
	p.Environment, text = cutKey(environmentsKey, text)
	p.Component, text = cutKey(componentsKey, text)
	p.Leaf = text
	return p
}

// cutKey splits "KEY.NAME.REST"; the name is "" where text does not begin with the key and a name.
func cutKey(key, text string) (name, rest string) {
	below, ok := strings.CutPrefix(text, key+".")
	if name, rest, _ = strings.Cut(below, "."); !ok || name == "" {
		return "", text
	}
	return name, rest
}

// String returns the path as the answers file nests it.
func (p Path) String() string {
	if p.scope() == (Path{}) {
		return p.Leaf
	}
	keys := make([]string, 0, 5)
	if p.Environment != "" {
		keys = append(keys, environmentsKey, p.Environment)
	}
	if p.Component != "" {
		keys = append(keys, componentsKey, p.Component)
	}
	if p.Leaf != "" {
		keys = append(keys, p.Leaf)
	}
	return strings.Join(keys, ".")
}

// IsRegistryField reports whether the path is a field of a registry, other than its provider.
func (p Path) IsRegistryField() bool {
	return strings.HasPrefix(p.Leaf, registryPrefix) && p.Leaf != ProviderLeaf
}

// scope returns the path without its leaf.
func (p Path) scope() Path { return Path{Environment: p.Environment, Component: p.Component} }

// with returns the path with another leaf.
func (p Path) with(leaf string) Path {
	p.Leaf = leaf
	return p
}
