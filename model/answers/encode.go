package answers

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/document"
)

// Encode is the answers file. The same answers give the same bytes, whatever order they came in.
func (a *Answers) Encode() []byte {
	d := document.New("What was answered to conductor-registry. It holds no password: keep it in git.\n" +
		"Again from these answers: conductor-registry generate --answers answers.yaml")
	d.Set("version", Version, "")
	a.encodeLayer(d, "")
	for _, env := range a.environments {
		prefix := "environments." + env + "."
		a.encodeLayer(d, prefix)
		d.SetEmpty(strings.TrimSuffix(prefix, "."))
	}
	return d.Bytes()
}

func (a *Answers) encodeLayer(d *document.Document, prefix string) {
	for _, path := range a.ordered(prefix) {
		d.Set(path, document.Word(a.values[path]), "")
	}
}

// ordered are the paths of one layer in the order of the file: as in keys, then by name.
func (a *Answers) ordered(prefix string) []string {
	var out []string
	for path := range a.values {
		env, _ := Split(path)
		if strings.HasPrefix(path, prefix) && (prefix != "" || env == "") {
			out = append(out, path)
		}
	}
	slices.SortFunc(out, func(x, y string) int { return strings.Compare(sortKey(x), sortKey(y)) })
	return out
}

// sortKey gives each key of a path the rank it has among the known ones, so that what matters comes first.
func sortKey(path string) string {
	ranked := []string{"chart", "pattern", "registry", "tag", "pullPolicy", "components", "base", "pullSecret",
		"provider", "server", "workers", "repository", "method", "name", "namespace", "username"}
	_, rest := Split(path)
	var b strings.Builder
	for key := range strings.SplitSeq(rest, ".") {
		rank := slices.Index(ranked, key)
		if rank < 0 {
			rank = len(ranked)
		}
		fmt.Fprintf(&b, "%02d%s\x00", rank, key)
	}
	return b.String()
}
