package lint

import (
	"slices"
	"strings"
	"unicode"
)

// The parts of an image or its pull that a key can set, as the words of its name tell.
const (
	roleSecret   = "secret"
	rolePolicy   = "pullPolicy"
	roleDigest   = "digest"
	roleTag      = "tag"
	roleRegistry = "registry"
	roleImage    = "repository"
)

// roleOf returns the part that a key sets by the words of its name; "" for none.
func roleOf(key string) string {
	has := func(words ...string) bool {
		return slices.ContainsFunc(wordsOf(key), func(w string) bool { return slices.Contains(words, w) })
	}
	switch {
	case has("pull") && has("secret", "secrets"):
		return roleSecret
	case has("pull") && has("policy"):
		return rolePolicy
	case has("digest"):
		return roleDigest
	case has("tag"):
		return roleTag
	case has("registry", "registries"):
		return roleRegistry
	case has("image", "images", "repository"):
		return roleImage
	}
	return ""
}

// wordsOf returns the words of a key in lower case: imagePullSecrets is image, pull and secrets.
func wordsOf(key string) []string {
	var spaced strings.Builder
	for _, r := range key {
		switch {
		case !unicode.IsLetter(r):
			r = ' '
		case unicode.IsUpper(r):
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(unicode.ToLower(r))
	}
	return strings.Fields(spaced.String())
}
