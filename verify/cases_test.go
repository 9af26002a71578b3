package verify

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"conductor-registry/presets/presetstest"
)

// The small charts render every shared case as resolve, which the cases hold, says: so the charts are faithful. Cases
// about settings that they leave out are told by the message that helm would give.
func TestTheSmallChartsAreFaithful(t *testing.T) {
	profiles := presetstest.Catalog(t).Charts.All()
	for _, p := range profiles {
		files, _ := filepath.Glob("../model/chart/testdata/*-" + p.ID + ".*.jsonl")
		var cases []string
		for _, file := range files {
			cases = append(cases, caseValues(t, file)...)
		}
		if len(cases) < 40 {
			t.Fatalf("chart %s has %d cases", p.ID, len(cases))
		}
		for _, program := range helms() {
			t.Run(p.ID+" "+program, func(t *testing.T) {
				for i, got := range render(t, program, p.ID, cases...) {
					if program == "RENDER4" && strings.Contains(cases[i], "---") {
						continue // helm 4 reads every document
					}
					if err := disagreement(p, cases[i], got); err != nil {
						t.Errorf("values:\n%s\n%v", indented(cases[i]), err)
					}
				}
			})
		}
	}
}

// caseValues returns the values of the cases in a file.
func caseValues(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range bytes.Lines(data) {
		var c struct{ Values string }
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c.Values)
	}
	return out
}
