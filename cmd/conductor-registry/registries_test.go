//go:build unix

package main

import (
	"slices"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// Every registry there is, from the first key to the files: those of its plan, and generate --check agrees. A new
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
			given := answers.New()
			given.Set("registry.provider", preset.ID)
			for field, value := range preset.Examples[0].Fields {
				given.Set("registry."+field, value)
			}
			wanted, problems := plan.Build(c, given, "")
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			s := open(t, program(t), 120, 40)
			s.see("Which chart")
			s.press(byHand(c, wanted.Answers)...)
			s.see("› Write ")
			s.wrote()
			s.press(enter)
			s.ends(0)
			s.wrotePlan(wanted)
		})
	}
}

// wrotePlan wants the files of a plan, and generate to make the same of the answers.
func (s *terminal) wrotePlan(wanted *plan.Plan) {
	s.t.Helper()
	names := []string{"answers.yaml"}
	for _, want := range append(wanted.Files(), plan.File{Name: names[0], Data: wanted.Answers.Encode()}) {
		if got := s.file(want.Name); got != string(want.Data) {
			s.t.Errorf("%s is\n%s\nwant\n%s", want.Name, got, want.Data)
		}
	}
	for _, file := range wanted.Files() {
		names = append(names, file.Name)
	}
	slices.Sort(names)
	s.wrote(names...)
	s.see("Wrote ")
	again := program(s.t, "generate", "--answers", "answers.yaml", "--check")
	again.Dir = s.program.Dir
	if out, err := again.CombinedOutput(); err != nil {
		s.t.Errorf("generate --check after the wizard: %v\n%s", err, out)
	}
}
