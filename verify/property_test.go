package verify

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
	"conductor-registry/verify/helm"
)

// generated is how many values files each chart is tried with.
const generated = 800

// Whatever the values are, resolve says what helm 3 and helm 4 render, or refuses what they refuse.
func TestResolveIsWhatHelmRenders(t *testing.T) {
	profiles := presetstest.Catalog(t).Charts.All()
	for _, p := range profiles {
		random := generator{rand.New(rand.NewPCG(3, 14)), p}
		files := make([]string, generated)
		for i := range files {
			files[i] = random.file()
		}
		for _, program := range helms() {
			t.Run(p.ID+" "+program, func(t *testing.T) {
				refused, failed := 0, 0
				for i, got := range render(t, program, p.ID, files...) {
					if program == "RENDER4" && strings.Contains(files[i], "\n---") {
						continue // helm 4 reads every document of a file, helm 3 and we the first
					}
					if got.Error != "" {
						refused++
					}
					if err := disagreement(p, files[i], got); err != nil && failed < 5 {
						failed++
						t.Errorf("values %d:\n%s\n%v", i, indented(files[i]), err)
					}
				}
				if refused < generated/20 || refused > generated*2/3 {
					t.Errorf("helm refused %d of %d files: the generator tries too little", refused, generated)
				}
			})
		}
	}
}

// disagreement says where resolve and a rendering differ.
func disagreement(p *chart.Profile, file string, got rendering) error {
	return sourceDisagreement(p, values.Source{Name: "values.yaml", Data: []byte(file)}, got)
}

func sourceDisagreement(p *chart.Profile, source values.Source, got rendering) error {
	return sourcesDisagreement(p, got, source)
}

func sourcesDisagreement(p *chart.Profile, got rendering, sources ...values.Source) error {
	resolution, kind := &chart.Resolution{}, ""
	loaded, err := values.Load(sources...)
	if err != nil {
		kind = "yaml"
	} else if resolution = p.Resolve(loaded); resolution.Error != nil {
		kind = resolution.Error.Kind
	}
	if kind != "" || got.Error != "" {
		return refusals(kind, err, resolution.Error, got.Error)
	}
	rendered, err := helm.ParseManifests([]byte(got.Manifest))
	if err != nil {
		return err
	}
	report := &Report{}
	report.compare(p, resolution, rendered)
	for _, f := range report.Fields {
		if !f.Agrees {
			err = errors.Join(err, fmt.Errorf("%s %s: resolve says %#v, helm %#v", f.Component, f.Name, f.Resolved, f.Rendered))
		}
	}
	return err
}

// refusals returns an error unless both refuse for the same kind of reason, with the same details of a schema.
func refusals(kind string, parse error, ours *chart.Refusal, helmSays string) error {
	theirs := ""
	if helmSays != "" {
		theirs = (&helm.RefusedError{Said: helmSays}).Kind()
	}
	if kind != theirs || kind == "schema" && !slices.Equal(slices.Sorted(slices.Values(ours.Details)), details(helmSays)) {
		return fmt.Errorf("resolve refuses: %q (%w %+v)\nhelm refuses: %q (%s)", kind, parse, ours, theirs, helmSays)
	}
	return nil
}

// details are what a schema finds wrong, without the lines that only say where the next ones belong.
func details(helmSays string) []string {
	found := regexp.MustCompile(`at '[^\n]*`).FindAllString(helmSays, -1)
	return slices.Sorted(slices.Values(slices.DeleteFunc(found, func(line string) bool {
		return strings.HasSuffix(line, " failed")
	})))
}
