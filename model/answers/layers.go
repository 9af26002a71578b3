package answers

import (
	"maps"
	"slices"
	"strings"
)

// In is what holds in one environment: its answers laid over the common ones. "" is the common ones alone.
//
// A registry is laid over key by key as long as the provider stays: with another one the fields below it no longer fit.
//
// What it gives is for reading: without environments it is a itself.
func (a *Answers) In(env string) *Answers {
	if env == "" && !a.layered() {
		return a
	}
	out := New()
	prefix := "environments." + env + "."
	for path, value := range a.values {
		if !strings.HasPrefix(path, "environments.") && !a.replaced(path, prefix) {
			out.values[path] = value
		}
	}
	if env == "" {
		return out
	}
	for path, value := range a.values {
		if rest, ok := strings.CutPrefix(path, prefix); ok {
			out.values[rest] = value
		}
	}
	return out
}

// layered tells whether there is anything beside the common answers.
func (a *Answers) layered() bool {
	for path := range a.values {
		if strings.HasPrefix(path, "environments.") {
			return true
		}
	}
	return len(a.environments) > 0
}

// replaced tells whether path belongs to a registry that the environment behind prefix replaces by another provider.
func (a *Answers) replaced(path, prefix string) bool {
	scope, _, found := strings.Cut(path, "registry.")
	if !found {
		return false
	}
	provider := scope + "registry.provider"
	other, ok := a.values[prefix+provider]
	return ok && other != a.values[provider]
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
	for path, value := range a.values {
		if field, ok := strings.CutPrefix(path, prefix); ok {
			out[field] = value
		}
	}
	return out
}

// Origin is the path that decides rest (a path without environment and component) for a component in an environment, or
// the one where the answer is missing. What is said of the component comes before what is said of the environment.
func (a *Answers) Origin(env, component, rest string) string {
	own, common := "components."+component+"."+rest, rest
	candidates := []string{own, common}
	if env != "" {
		prefix := "environments." + env + "."
		candidates = []string{prefix + own, own, prefix + common, common}
	}
	if i := slices.IndexFunc(candidates, a.Has); i >= 0 {
		return candidates[i]
	}
	if provider := "registry.provider"; strings.HasPrefix(rest, "registry.") && rest != provider {
		return strings.TrimSuffix(a.Origin(env, component, provider), provider) + rest
	}
	return common
}
