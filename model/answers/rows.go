package answers

import (
	"slices"
	"strings"

	"conductor-registry/model/registry"
)

// Rows returns the questions that can differ between environments, as paths for all environments, in the order in which
// they are asked. Where an environment has another registry or chart, the questions that only it leads to come after
// those before them.
func (c *Catalog) Rows(a *Answers) []Path {
	at := c.place(a)
	rows := at.commonPaths()
	for _, env := range a.Environments() {
		if !a.leadsElsewhere(env) {
			continue
		}
		previous := -1
		for _, path := range at.in(env, "").commonPaths() {
			path.Environment = ""
			if i := slices.Index(rows, path); i >= 0 {
				previous = i
				continue
			}
			previous++
			rows = slices.Insert(rows, previous, path)
		}
	}
	return slices.DeleteFunc(rows, func(p Path) bool { return p.Leaf == environmentsKey })
}

// leadsElsewhere reports whether an environment answers a question that others depend on.
func (a *Answers) leadsElsewhere(env string) bool {
	for scope, values := range a.values {
		if scope.Environment != env {
			continue
		}
		for leaf := range values {
			if leaf == "chart" || leaf == "pattern" || leaf == methodLeaf || strings.HasPrefix(leaf, registryPrefix) {
				return true
			}
		}
	}
	return false
}

// Asked returns the question for a path; false where the answers do not lead to it, such as a field that the registry
// in force does not have.
func (c *Catalog) Asked(a *Answers, path Path) (Field, bool) {
	q, at, err := c.place(a).find(path)
	if err != nil || path.Environment != "" && !q.scope.environment {
		return Field{}, false
	}
	isShown := func(f registry.Field) bool { return registryPrefix+f.ID == path.Leaf }
	switch {
	case a.Has(path.String()):
	case !q.isAsked(at), path.IsRegistryField() && !slices.ContainsFunc(at.visible(), isShown):
		return Field{}, false
	}
	f := q.field(at)
	return f, !f.isSettled(a.Get(path.String()))
}
