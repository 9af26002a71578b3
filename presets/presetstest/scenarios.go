package presetstest

import (
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
)

// Scenario is the first example of a preset, with a pattern of a chart.
type Scenario struct {
	Name                   string // PRESET-PATTERN; PRESET-CHART-PATTERN for charts that are not the default
	Preset, Chart, Pattern string
	Answers                *answers.Answers // without defaults
}

// Scenarios returns every preset in every pattern that a chart supports.
func Scenarios(t testing.TB, c *answers.Catalog) []Scenario {
	t.Helper()
	presets, err := c.Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	var out []Scenario
	for _, preset := range presets {
		for _, profile := range c.Charts.All() {
			for _, pattern := range profile.Patterns {
				if pattern.Missing != "" {
					continue
				}
				s := Scenario{preset.ID + "-" + pattern.ID, preset.ID, profile.ID, pattern.ID, answers.New()}
				if profile != c.Charts.Default() {
					s.Name = preset.ID + "-" + profile.ID + "-" + pattern.ID
				}
				s.Answers.Set("chart", profile.ID)
				s.Answers.Set("pattern", pattern.ID)
				s.Answers.Set("registry.provider", preset.ID)
				for field, value := range preset.Examples[0].Fields {
					s.Answers.Set("registry."+field, value)
				}
				out = append(out, s)
			}
		}
	}
	return out
}

// Plan returns the plan for answers, which must be valid.
func Plan(t testing.TB, c *answers.Catalog, a *answers.Answers) *plan.Plan {
	t.Helper()
	p, problems := plan.Build(c, a, "answers.yaml")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return p
}
