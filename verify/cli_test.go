package verify

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"conductor-registry/presets/presetstest"
	"conductor-registry/verify/helm"
)

// The programs that render many files in one process do what the command helm template does.
func TestTheRenderersAreHelm(t *testing.T) {
	profiles := presetstest.Catalog(t).Charts.All()
	for i, cli := range []string{"HELM3", "HELM4"} {
		if os.Getenv(cli) == "" {
			t.Skip(cli + " is not set: make test builds it and names it")
		}
		program, err := helm.Find(os.Getenv(cli))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range profiles {
			random := generator{rand.New(rand.NewPCG(1, 2)), p}
			files := []string{random.file(), random.file(), random.file(), random.file(), random.file(), "global: [", "image: {tag: 5"}
			for j, got := range render(t, helms()[i], p.ID, files...) {
				want, err := program.Template(context.Background(),
					helm.Request{Chart: chartFolder(p.ID), Release: "rel", Namespace: "default", Values: [][]byte{[]byte(files[j])}})
				refused, isRefusal := errors.AsType[*helm.RefusedError](err)
				if err != nil && !isRefusal {
					t.Fatal(err)
				}
				if !isRefusal && !slices.Equal(strings.Fields(got.Manifest), strings.Fields(string(want))) {
					t.Errorf("%s, chart %s:\n%s\nrenders\n%s\nthe command\n%s", helms()[i], p.ID, indented(files[j]), got.Manifest, want)
				}
				if isRefusal && (&helm.RefusedError{Said: got.Error}).Kind() != refused.Kind() || isRefusal != (got.Error != "") {
					t.Errorf("%s, chart %s:\n%s\nsays %s, the command %v", helms()[i], p.ID, indented(files[j]), got.Error, err)
				}
			}
		}
	}
}
