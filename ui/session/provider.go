package session

import (
	"slices"

	"conductor-registry/model/answers"
)

// changeProvider answers a question for a provider. The fields of the one that is left are kept for when it comes back;
// dropped are their paths.
func (d *Draft) changeProvider(path, provider string) (dropped []string) {
	old := d.Answers.Get(path)
	if old == provider {
		return nil
	}
	kept := map[string]string{}
	for _, p := range d.Answers.Paths() {
		if d.belongs(p, path) {
			kept[p] = d.Answers.Get(p)
			d.Answers.Unset(p)
			dropped = append(dropped, p)
		}
	}
	d.stash[path+"="+old] = kept
	if provider == "" {
		d.Answers.Unset(path)
	} else {
		d.Answers.Set(path, provider)
	}
	for p, value := range d.stash[path+"="+provider] {
		if env := answers.ParsePath(p).Environment; env == "" || slices.Contains(d.Answers.Environments(), env) {
			d.Answers.Set(p, value)
		}
	}
	return dropped
}

// belongs tells whether the answer at p is a field of the registry whose provider is asked for at path: no nearer
// provider than that stands above it.
func (d *Draft) belongs(p, path string) bool {
	field := answers.ParsePath(p)
	if !field.IsRegistryField() {
		return false
	}
	field.Leaf = "registry.provider"
	return d.Answers.Lookup(field).Path.String() == path
}
