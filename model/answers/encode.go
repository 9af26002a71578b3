package answers

import (
	"cmp"
	"slices"
	"strings"

	"conductor-registry/model/values"
)

// Encode returns the answers file. The same answers give the same bytes, in whatever order they were given.
func (a *Answers) Encode() []byte { return a.EncodeWith("") }

// EncodeWith is Encode with the address of the file's schema, which editors read; "" leaves it out.
func (a *Answers) EncodeWith(schemaURL string) []byte {
	d := values.NewDocument(values.SchemaLine(schemaURL) +
		"Answers given to conductor-registry. They contain no password: keep this file in git.\n" +
		"Generate the files again: conductor-registry generate --answers answers.yaml")
	d.Set("version", Version, "")
	byEnvironment := map[string][]Path{}
	for scope, byLeaf := range a.values {
		for leaf := range byLeaf {
			byEnvironment[scope.Environment] = append(byEnvironment[scope.Environment], scope.with(leaf))
		}
	}
	order := newFileOrder()
	for _, env := range append([]string{""}, a.environments...) {
		slices.SortFunc(byEnvironment[env], order.compare)
		for _, path := range byEnvironment[env] {
			d.Set(path.String(), values.QuoteIfNeeded(a.values[path.scope()][path.Leaf]), "")
		}
		if env != "" {
			d.SetEmpty(Path{Environment: env}.String())
		}
	}
	return d.Bytes()
}

// fileOrder is the order of the answers file: that of the list of questions.
type fileOrder struct {
	ranks      map[string]int // by leaf; odd ones are free for the fields of a registry
	components int            // the rank of what is set for components: behind what all images share
}

func newFileOrder() fileOrder {
	o := fileOrder{ranks: map[string]int{}}
	for i, q := range questions() {
		o.ranks[q.leaf] = 2 * i
		if q.page == Images && q.scope.common {
			o.components = 2*i + 1
		}
	}
	return o
}

func (o fileOrder) compare(a, b Path) int {
	return cmp.Or(cmp.Compare(o.section(a), o.section(b)), strings.Compare(a.Component, b.Component),
		cmp.Compare(o.rank(a.Leaf), o.rank(b.Leaf)), strings.Compare(a.Leaf, b.Leaf))
}

// section returns the rank of a path's key at the top of the file.
func (o fileOrder) section(p Path) int {
	if p.Component != "" {
		return o.components
	}
	return o.rank(p.Leaf)
}

// rank returns the place of a leaf; a registry's fields come after its provider, unknown leaves last.
func (o fileOrder) rank(leaf string) int {
	if rank, ok := o.ranks[leaf]; ok {
		return rank
	}
	if (Path{Leaf: leaf}).IsRegistryField() {
		return o.ranks[ProviderLeaf] + 1
	}
	return len(o.ranks)
}
