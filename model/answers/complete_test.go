package answers_test

import (
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
)

func TestComplete(t *testing.T) {
	a := presetstest.Catalog(t).Complete(azure("environments", "dev, prod", "environments.dev.tag", "latest"))
	for path, want := range map[string]string{
		"chart": "2.8", "pattern": "global", "tag": "5.2.42", "pullPolicy": "IfNotPresent", "registry.cloud": "public",
		"components.server.repository": "orkes-conductor-server", "pullSecret.method": "global",
		"pullSecret.name": "acr-credentials", "pullSecret.namespace": "conductor", "environments.dev.tag": "latest",
		"environments.dev.pullPolicy": "", // what an environment does not change stays out
	} {
		if got := a.Get(path); got != want {
			t.Errorf("%s = %q, want %q", path, got, want)
		}
	}
}

func TestARegistryWithoutLoginNeedsNoSecret(t *testing.T) {
	a := presetstest.Catalog(t).Complete(given("registry.provider", "ecr-public", "registry.alias", "myorg"))
	if got := a.Get("pullSecret.method"); got != "none" {
		t.Errorf("method %q", got)
	}
}

func TestCompleteLeavesOutWhatEnvironmentsDifferIn(t *testing.T) {
	a := presetstest.Catalog(t).Complete(azure("environments.dev.registry.provider", "dockerhub", "environments.prod.tag", "5.2.43"))
	for path, want := range map[string]string{"components.server.repository": "", "pullSecret.name": "", "tag": "5.2.42", "pattern": "global"} {
		if got := a.Get(path); got != want {
			t.Errorf("%s = %q, want %q", path, got, want)
		}
	}
}

func TestAComponentOfTheSameProviderTakesItsFields(t *testing.T) {
	a := azure("registry.cloud", "china", "components.workers.registry.provider", "acr", "components.workers.registry.name", "other")
	c := presetstest.Catalog(t)
	if got := c.Complete(a).Get("components.workers.registry.cloud"); got != "" {
		t.Errorf("the workers' cloud became %q", got)
	}
	f, err := c.Field(a, "components.workers.registry.cloud")
	if err != nil || f.Inherits != "china" {
		t.Errorf("it inherits %q, %v", f.Inherits, err)
	}
}

// Environments with registries of other providers share no defaults of fields, and complete answers are valid.
func TestCompleteKeepsFieldsWithTheirProvider(t *testing.T) {
	c := presetstest.Catalog(t)
	a := c.Complete(azure("environments.dev.registry.provider", "jfrog", "environments.dev.registry.company", "c",
		"environments.dev.registry.repository", "r", "environments", "dev, prod"))
	if a.Has("registry.method") || a.Has("registry.cloud") {
		t.Errorf("got %q", a.Paths())
	}
	if problems := c.Check(a, ""); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestEffective(t *testing.T) {
	c := presetstest.Catalog(t)
	got := c.Effective(azure("tag", "1", "components.workers.tag", "2", "environments.dev.pullPolicy", "Always",
		"environments.prod.chart", "3.0", "environments.prod.components.workers.tag", "1"))
	for _, tt := range []struct {
		name       string
		value      answers.Value
		text, path string
	}{
		{"a tag for all", got[0].Components[0].Tag, "1", "tag"},
		{"a tag for one component", got[0].Components[1].Tag, "2", "components.workers.tag"},
		{"a tag for one component in one environment", got[1].Components[1].Tag, "1", "environments.prod.components.workers.tag"},
		{"an answer of the environment", got[0].Components[0].PullPolicy, "Always", "environments.dev.pullPolicy"},
		{"a default", got[1].Components[0].PullPolicy, "IfNotPresent", "pullPolicy"},
		{"a default that depends on the registry", got[0].Secret.Name, "acr-credentials", "pullSecret.name"},
		{"a default for each component", got[0].Components[0].Repository, "orkes-conductor-server", "components.server.repository"},
		{"nothing", got[0].Base, "", "base"},
	} {
		if tt.value.Text != tt.text || tt.value.Path.String() != tt.path {
			t.Errorf("%s: got %q at %s", tt.name, tt.value.Text, tt.value.Path)
		}
	}
	if got[0].Profile.ID != "2.8" || got[1].Profile.ID != "3.0" {
		t.Errorf("charts %s and %s", got[0].Profile.ID, got[1].Profile.ID)
	}
	if registry := got[0].Components[1].Location.Registry(); registry != "myacr.azurecr.io" {
		t.Errorf("registry %s", registry)
	}
}

// Unfinished answers give what they can.
func TestEffectiveOfNothing(t *testing.T) {
	e := presetstest.Catalog(t).Effective(answers.New())[0]
	if e.Components[0].Preset != nil || e.Components[0].Tag.Text == "" || e.Components[0].Provider.Path.Leaf != "registry.provider" {
		t.Errorf("got %+v", e.Components[0])
	}
}
