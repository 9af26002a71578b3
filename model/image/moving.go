package image

import (
	"path"
	"slices"
	"strings"
)

// Moves tells whether a tag is pushed again and again: named after a branch, a channel or an environment instead of a
// version.
func Moves(tag string) bool {
	return slices.Contains([]string{
		"latest", "stable", "main", "master", "develop", "development", "dev", "edge", "nightly", "snapshot", "canary",
		"head", "trunk", "staging", "prod", "production", "release", "test", "testing",
	}, strings.ToLower(tag))
}

// Production tells whether an environment, or a file of one such as values-prod.yaml, is named for production.
func Production(name string) bool {
	base := strings.TrimSuffix(strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), ".yaml"), ".yml")
	words := strings.FieldsFunc(strings.ToLower(base), func(c rune) bool { return strings.ContainsRune("-_.", c) })
	return slices.Contains(words, "prod") || slices.Contains(words, "production")
}
