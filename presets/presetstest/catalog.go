// Package presetstest gives tests the built-in registries and charts.
package presetstest

import (
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets"
)

// Catalog returns a new catalog of the built-in registries and charts, which the test may change.
func Catalog(t testing.TB) *answers.Catalog {
	t.Helper()
	c, err := presets.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
