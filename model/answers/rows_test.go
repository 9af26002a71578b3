package answers_test

import (
	"slices"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
)

// asked returns the questions by path.
func asked(t *testing.T, pairs ...string) map[string]answers.Field {
	t.Helper()
	out := map[string]answers.Field{}
	for _, f := range presetstest.Catalog(t).Fields(given(pairs...)) {
		out[f.Path] = f
	}
	return out
}

func TestRowsAreWhatCanDiffer(t *testing.T) {
	c := presetstest.Catalog(t)
	a := given("environments", "dev, prod", "registry.provider", "acr", "environments.dev.registry.provider", "jfrog")
	var rows []string
	for _, path := range c.Rows(a) {
		rows = append(rows, path.String())
	}
	for _, want := range []string{"chart", "registry.name", "registry.company", "components.server.tag", "pullSecret.namespace"} {
		if !slices.Contains(rows, want) {
			t.Errorf("no row %s in %v", want, rows)
		}
	}
	if slices.Contains(rows, "environments") {
		t.Error("the environments cannot differ between environments")
	}
	for path, want := range map[answers.Path]bool{
		{Environment: "dev", Leaf: "registry.company"}:  true,
		{Environment: "prod", Leaf: "registry.company"}: false,
		{Environment: "dev", Leaf: "registry.name"}:     false,
		{Environment: "prod", Leaf: "registry.name"}:    true,
		{Environment: "prod", Leaf: "environments"}:     false,
	} {
		if _, got := c.Asked(a, path); got != want {
			t.Errorf("%s asked: %v", path, got)
		}
	}
}

// An answer of one environment is a question wherever it may stand, so that it is listed and can be fixed.
func TestAnswersOfEnvironmentsAreAsked(t *testing.T) {
	const path = "environments.dev.components.server.repository"
	if _, ok := asked(t, "registry.provider", "acr", path, "x/server")[path]; !ok {
		t.Error("it is not asked")
	}
}

func TestOnePossibleChoiceIsNoQuestion(t *testing.T) {
	if _, ok := asked(t, "chart", "3.0")["pattern"]; ok {
		t.Error("chart 3.0 has one pattern, and it is asked")
	}
	if _, ok := asked(t, "chart", "3.0", "pattern", "global")["pattern"]; !ok {
		t.Error("an answer that the chart does not have cannot be changed")
	}
	if _, ok := asked(t)["pattern"]; !ok {
		t.Error("the pattern of chart 2.8 is not asked")
	}
}

// The registries of components are asked beside the common one, or below the pattern that names one for each.
func TestMixedRegistriesAreAskedWhereTheyAreChosen(t *testing.T) {
	const path = "components.workers.registry.provider"
	if f := asked(t, "registry.provider", "acr")[path]; f.Page != answers.Registry || !f.Advanced {
		t.Errorf("on %s, optional: %v", f.Page.Name(), f.Advanced)
	}
	if f := asked(t, "registry.provider", "acr", "pattern", "per-component")[path]; f.Page != answers.Pattern || f.Advanced {
		t.Errorf("with the pattern on %s, optional: %v", f.Page.Name(), f.Advanced)
	}
}

func TestSecretForSeveralRegistriesIsNotNamedAfterOne(t *testing.T) {
	for want, pairs := range map[string][]string{
		"acr-credentials":      {"registry.provider", "acr"},
		"registry-credentials": {"registry.provider", "acr", "components.workers.registry.provider", "quay"},
		"quay-credentials":     {"registry.provider", "ecr-public", "components.workers.registry.provider", "quay"},
	} {
		if got := asked(t, pairs...)["pullSecret.name"].Default; got != want {
			t.Errorf("%v: %s, want %s", pairs, got, want)
		}
	}
}

func TestRobotsAreAskedForTheirName(t *testing.T) {
	if asked(t, "registry.provider", "harbor")["pullSecret.username"].Advanced {
		t.Error("the name of a Harbor robot is optional")
	}
	if !asked(t, "registry.provider", "acr")["pullSecret.username"].Advanced {
		t.Error("a user name for ACR is asked of everybody")
	}
}
