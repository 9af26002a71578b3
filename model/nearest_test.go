package model_test

import (
	"testing"

	"conductor-registry/model"
)

func TestNearest(t *testing.T) {
	words := []string{"registry", "repository", "provider", "tag", "namespace", "acr", "ecr"}
	for word, want := range map[string]string{
		"regsitry":   "registry", // swapped
		"registries": "registry",
		"repositry":  "repository", // missing
		"Tag":        "tag",
		"ack":        "acr",
		"colour":     "",
		"x":          "",
		"":           "",
	} {
		if got := model.Nearest(word, words); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}
