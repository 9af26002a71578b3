package ui

import (
	"slices"
	"strings"

	"conductor-registry/model/answers"
)

// changeProvider answers a question for a provider. The fields of the one that is left are kept for when it comes back.
func (m *Model) changeProvider(path, provider string) {
	old := m.answers.Get(path)
	if old == provider {
		return
	}
	kept := map[string]string{}
	for _, p := range m.answers.Paths() {
		if m.belongs(p, path) {
			kept[p] = m.answers.Get(p)
			m.answers.Unset(p)
			delete(m.rows, p)
		}
	}
	m.stash[path+"="+old] = kept
	if provider == "" {
		m.answers.Unset(path)
	} else {
		m.answers.Set(path, provider)
	}
	for p, value := range m.stash[path+"="+provider] {
		if env, _ := answers.Split(p); env == "" || slices.Contains(m.answers.Environments(), env) {
			m.answers.Set(p, value)
		}
	}
}

// belongs tells whether the answer at p is a field of the registry whose provider is asked for at path: no nearer
// provider than that stands above it.
func (m *Model) belongs(p, path string) bool {
	scope, _, found := strings.Cut(p, "registry.")
	if !found || p == scope+"registry.provider" {
		return false
	}
	env, rest := answers.Split(scope + "registry.provider")
	component, _ := answers.SplitComponent(rest)
	return m.answers.Origin(env, component, "registry.provider") == path
}
