//go:build unix

package main

import (
	"os"
	"path/filepath"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
)

// Every registry there is, from the first key to the files: those of its scenario, and generate --check agrees. A new
// preset is among them by itself.
func TestEveryRegistry(t *testing.T) {
	c := presetstest.Catalog(t)
	all, err := c.Registries.All()
	if err != nil || len(all) == 0 {
		t.Fatal("no registries", err)
	}
	for _, preset := range all {
		t.Run(preset.ID, func(t *testing.T) {
			t.Parallel()
			folder := "../../golden/scenarios/" + preset.ID + "-" + c.Charts.Default().Patterns[0].ID
			data, err := os.ReadFile(filepath.Join(folder, "answers.yaml"))
			if err != nil {
				t.Fatal("run make golden: ", err)
			}
			wanted, problems := answers.Decode("answers.yaml", data)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			s := open(t, program(t), 120, 40)
			s.see("Which chart")
			s.press(byHand(c, wanted)...)
			s.see("› Write ")
			s.wrote()
			s.press(enter)
			s.ends(0)
			s.isScenario(folder)
		})
	}
}

// isScenario wants the files of a scenario, and generate to make the same of the answers.
func (s *terminal) isScenario(folder string) {
	s.t.Helper()
	var names []string
	for _, name := range []string{"answers.yaml", "pull-secret.sh", "values.yaml"} {
		want, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			continue // not every registry needs a secret
		}
		names = append(names, name)
		if got := s.file(name); got != string(want) {
			s.t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
	s.wrote(names...)
	s.see("Wrote ")
	again := program(s.t, "generate", "--answers", "answers.yaml", "--check")
	again.Dir = s.program.Dir
	if out, err := again.CombinedOutput(); err != nil {
		s.t.Errorf("generate --check after the wizard: %v\n%s", err, out)
	}
}
