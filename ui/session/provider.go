package session

import (
	"slices"

	"conductor-registry/model/answers"
)

// changeProvider chooses another provider. It stashes the fields of the previous one and restores them when the user
// chooses that provider again. It returns the paths of the fields that it removed.
func (d *Draft) changeProvider(path, provider string) (removed []string) {
	old := d.Answers.Get(path)
	if old == provider {
		return nil
	}
	stashed := map[string]string{}
	for _, p := range d.Answers.Paths() {
		if d.belongsTo(p, path) || isBeside(p, path) {
			stashed[p] = d.Answers.Get(p)
			d.Answers.Unset(p)
			removed = append(removed, p)
		}
	}
	d.stash[path+"="+old] = stashed
	d.set(path, provider)
	for p, value := range d.stash[path+"="+provider] {
		if env := answers.ParsePath(p).Environment; env == "" || slices.Contains(d.Answers.Environments(), env) {
			d.Answers.Set(p, value)
		}
	}
	return removed
}

// isBeside reports whether the answer at path is a field of a registry that stands beside a provider's question.
func isBeside(path, provider string) bool {
	field, at := answers.ParsePath(path), answers.ParsePath(provider)
	at.Leaf = field.Leaf
	return field.IsRegistryField() && field == at
}

// belongsTo reports whether the answer at path is a field of the registry whose provider is answered at provider.
// Environments and components can have a provider of their own.
func (d *Draft) belongsTo(path, provider string) bool {
	field := answers.ParsePath(path)
	if !field.IsRegistryField() {
		return false
	}
	field.Leaf = answers.ProviderLeaf
	return d.Answers.Lookup(field).Path.String() == provider
}
