package image

import (
	"path"
	"slices"
	"strings"
)

// IsMutableTag reports whether a tag is expected to be pushed again: it names a branch, a channel or an environment
// instead of a version.
func IsMutableTag(tag string) bool {
	return slices.Contains([]string{
		"latest", "stable", "main", "master", "develop", "development", "dev", "edge", "nightly", "snapshot", "canary",
		"head", "trunk", "staging", "prod", "production", "release", "test", "testing",
	}, strings.ToLower(tag))
}

// IsProduction reports whether an environment, or a file such as values-prod.yaml, is named after production.
func IsProduction(name string) bool {
	base := strings.TrimSuffix(strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), ".yaml"), ".yml")
	words := strings.FieldsFunc(strings.ToLower(base), func(c rune) bool { return strings.ContainsRune("-_.", c) })
	return slices.Contains(words, "prod") || slices.Contains(words, "production")
}
