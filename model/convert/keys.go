package convert

import (
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// keys are the paths that a conversion may read or change.
type keys struct {
	all      []string // that either chart reads, writes, or that people write though it does not read them; sorted
	unread   []string // those of all that the new chart does not read
	shared   []string // mappings of credentials from which both charts create their secret
	unshared []string // such mappings of one of the charts only
}

func newKeys(from, to *chart.Profile) keys {
	var k keys
	for _, p := range []*chart.Profile{from, to} {
		k.unread = p.UnreadKeys() // the new chart's in the end
		k.all = slices.Concat(k.all, p.ReadKeys(), p.SetKeys(), k.unread)
		for _, m := range p.Methods {
			mapping := credentialsMapping(p, m.ID)
			switch {
			case mapping == "" || slices.Contains(k.shared, mapping) || slices.Contains(k.unshared, mapping):
			case canUse(from, m.ID) && canUse(to, m.ID):
				k.shared = append(k.shared, mapping)
			default:
				k.unshared = append(k.unshared, mapping)
			}
		}
	}
	slices.Sort(k.all)
	k.all = slices.Compact(k.all)
	return k
}

// isReplaced reports whether a path is removed unless it is written again. Tables of credentials are removed whole or
// kept.
func (k keys) isReplaced(path string) bool {
	return !isBelow(path, k.unshared) && (!isBelow(path, k.shared) || slices.Contains(k.unread, path))
}

// isBelow reports whether a path is inside one of the mappings.
func isBelow(path string, mappings []string) bool {
	return slices.ContainsFunc(mappings, func(mapping string) bool { return strings.HasPrefix(path, mapping+".") })
}

// prune removes all other keys from merged values, and sets placeholders for the files that the chart requires.
func (k keys) prune(tree map[string]any, p *chart.Profile) {
	kept := map[string]any{}
	for _, path := range slices.Concat(k.shared, k.unshared, k.all) {
		if value, ok := values.Find(tree, path); ok {
			values.Set(kept, path, value)
		}
	}
	for _, file := range p.Install.Files {
		values.Set(kept, file.Path, file.What)
	}
	clear(tree)
	maps.Copy(tree, kept)
}
