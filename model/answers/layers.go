package answers

import (
	"maps"
	"strings"
)

// In is what holds in one environment: its answers laid over the common ones. "" is the common ones alone.
//
// A registry is laid over key by key as long as the provider stays: with another one the fields below it no longer fit.
//
// What it gives is for reading: it shares the common answers with a.
func (a *Answers) In(env string) *Answers {
	common := a.layers[""]
	if env == "" {
		return &Answers{layers: map[string]map[string]string{"": common}}
	}
	own := a.layers[env]
	out := make(map[string]string, len(common)+len(own))
	for path, value := range common {
		if !replaced(path, common, own) {
			out[path] = value
		}
	}
	maps.Copy(out, own)
	return &Answers{layers: map[string]map[string]string{"": out}}
}

// replaced tells whether path belongs to a registry whose provider is another one in own.
func replaced(path string, common, own map[string]string) bool {
	scope, _, found := strings.Cut(path, "registry.")
	if !found {
		return false
	}
	provider := scope + "registry.provider"
	other, ok := own[provider]
	return ok && other != common[provider]
}

// Registry is the registry of a component in answers without environments: the provider and its fields. A component's
// own registry lies over the common one key by key, unless it names another provider.
func (a *Answers) Registry(component string) map[string]string {
	common, own := a.below("registry."), a.below("components."+component+".registry.")
	if provider, ok := own["provider"]; ok && provider != common["provider"] {
		return own
	}
	maps.Copy(common, own)
	return common
}

func (a *Answers) below(prefix string) map[string]string {
	out := map[string]string{}
	for path, value := range a.layers[""] {
		if field, ok := strings.CutPrefix(path, prefix); ok {
			out[field] = value
		}
	}
	return out
}

// Origin is the path that decides rest (a path without environment and component) for a component in an environment, or
// the one where the answer is missing. What is said of the component comes before what is said of the environment. The
// fields of a registry are looked for no further than where its provider comes to be another one.
func (a *Answers) Origin(env, component, rest string) string {
	own := "components." + component + "."
	scopes := []string{own, ""}
	if env != "" {
		prefix := "environments." + env + "."
		scopes = []string{prefix + own, own, prefix, ""}
	}
	const provider = "registry.provider"
	isField := strings.HasPrefix(rest, "registry.") && rest != provider
	home := "" // the nearest scope that names a provider: where a missing field belongs
	for i, scope := range scopes {
		if a.Has(scope + rest) {
			return scope + rest
		}
		if !isField || !a.Has(scope+provider) {
			continue
		}
		if home == "" {
			home = scope
		}
		if a.Get(scope+provider) != a.nearest(scopes[i+1:], provider) {
			return home + rest
		}
	}
	return home + rest
}

// nearest is the first answer in scopes.
func (a *Answers) nearest(scopes []string, rest string) string {
	for _, scope := range scopes {
		if a.Has(scope + rest) {
			return a.Get(scope + rest)
		}
	}
	return ""
}
