package answers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/values"
)

// Encode is the answers file. The same answers give the same bytes, whatever order they came in.
func (a *Answers) Encode() []byte {
	d := values.NewDocument("What was answered to conductor-registry. It holds no password: keep it in git.\n" +
		"Again from these answers: conductor-registry generate --answers answers.yaml")
	d.Set("version", Version, "")
	a.encodeLayer(d, "")
	for _, env := range a.environments {
		a.encodeLayer(d, env)
		d.SetEmpty("environments." + env)
	}
	return d.Bytes()
}

// encodeLayer writes what is said for one environment, "" for all.
func (a *Answers) encodeLayer(d *values.Document, env string) {
	prefix := ""
	if env != "" {
		prefix = "environments." + env + "."
	}
	for _, path := range ordered(a.layers[env]) {
		d.Set(prefix+path, values.QuoteIfNeeded(a.layers[env][path]), "")
	}
}

// ordered are the paths of one layer in the order of the file: as in sortKey, then by name.
func ordered(layer map[string]string) []string {
	return slices.SortedFunc(maps.Keys(layer), func(x, y string) int { return strings.Compare(sortKey(x), sortKey(y)) })
}

// sortKey gives each key of a path the rank it has among the known ones, so that what matters comes first.
func sortKey(path string) string {
	ranked := []string{"chart", "pattern", "registry", "tag", "pullPolicy", "components", "base", "pullSecret",
		"provider", "server", "workers", "repository", "method", "name", "namespace", "username"}
	var b strings.Builder
	for key := range strings.SplitSeq(path, ".") {
		rank := slices.Index(ranked, key)
		if rank < 0 {
			rank = len(ranked)
		}
		fmt.Fprintf(&b, "%02d%s\x00", rank, key)
	}
	return b.String()
}
