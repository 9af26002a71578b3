package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"conductor-registry/presets/presetstest"
)

// Every flag that is not a switch completes: to known values, to files or to folders. The others take any text.
func TestEveryFlagCompletes(t *testing.T) {
	anyText := []string{"username", "registry", "release", "timeout", "set-file", "kubectl", "helm", "set",
		"source", "source-username"}
	catalog := presetstest.Catalog(t)
	root, err := newRoot(catalog, nil, Streams{}, []string{"generate"})
	if err != nil {
		t.Fatal(err)
	}
	var questions []string
	for _, f := range catalog.Flags() {
		questions = append(questions, f.Name)
	}
	for _, cmd := range root.Commands() {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			_, known := cmd.GetFlagCompletionFunc(f.Name)
			_, files := f.Annotations[cobra.BashCompFilenameExt]
			_, folders := f.Annotations[cobra.BashCompSubdirsInDir]
			isText := slices.Contains(anyText, f.Name) || slices.Contains(questions, f.Name)
			if f.Value.Type() != "bool" && !known && !files && !folders && !isText {
				t.Errorf("%s --%s does not complete: call completeWith, MarkFlagFilename or MarkFlagDirname", cmd.Name(), f.Name)
			}
		})
	}
}

// What is offered for a registry's field is accepted as its answer.
func TestOffersAreAccepted(t *testing.T) {
	all, err := presetstest.Catalog(t).Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, f := range p.Fields {
			for _, offer := range f.Suggest {
				if !f.Pattern.Match(offer) || strings.ToLower(offer) != offer {
					t.Errorf("%s: %s offers %q, which it refuses", p.ID, f.ID, offer)
				}
			}
		}
	}
}
