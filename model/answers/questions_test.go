package answers_test

import (
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
)

// TestEveryFieldIsWhole wants each question that can come up to be asked in full, and to take its own default and
// example.
func TestEveryFieldIsWhole(t *testing.T) {
	c := presetstest.Catalog(t)
	for _, entry := range c.Registries.Entries() {
		a := given("registry.provider", entry.ID, "environments", "dev, prod", "components.workers.registry.provider", entry.ID)
		for _, f := range c.Fields(a) {
			if f.Label == "" || f.Check == nil {
				t.Errorf("%s %s: no label or no check", entry.ID, f.Path)
				continue
			}
			if f.Default != "" && f.Check(f.Default) != nil {
				t.Errorf("%s %s refuses its default: %v", entry.ID, f.Path, f.Check(f.Default))
			}
			if again, err := c.Field(a, f.Path); err != nil || again.Label != f.Label {
				t.Errorf("%s %s is asked but not known: %v", entry.ID, f.Path, err)
			}
		}
	}
}

// TestEveryFieldHasAFlag holds the wizard's questions and the flags of generate together.
func TestEveryFieldHasAFlag(t *testing.T) {
	c := presetstest.Catalog(t)
	flags, names := map[string]bool{}, map[string]string{}
	for _, f := range c.Flags() {
		flags[f.Path] = true
		if other, taken := names[f.Name]; taken {
			t.Errorf("--%s is both %s and %s", f.Name, other, f.Path)
		}
		names[f.Name] = f.Path
		if f.Help == "" {
			t.Errorf("--%s has no help", f.Name)
		}
	}
	for _, entry := range c.Registries.Entries() {
		for _, f := range c.Fields(given("registry.provider", entry.ID, "components.server.registry.provider", entry.ID)) {
			if !flags[f.Path] {
				t.Errorf("%s has no flag", f.Path)
			}
		}
	}
}

func TestFlagName(t *testing.T) {
	for path, want := range map[string]string{
		"chart": "chart-version", "tag": "tag", "pullPolicy": "pull-policy", "registry.provider": "registry-provider",
		"components.server.repository": "server-repository", "pullSecret.name": "pull-secret-name",
		"components.workers.registry.host": "workers-registry-host",
	} {
		if got := answers.FlagName(path); got != want {
			t.Errorf("%s: --%s, want --%s", path, got, want)
		}
	}
}

// A question with a label is asked unless its condition says otherwise: it needs no entry in another list.
func TestQuestionsAreAsked(t *testing.T) {
	c, a := presetstest.Catalog(t), answers.New()
	asked := map[string]answers.Page{}
	for _, f := range c.Fields(a) {
		asked[f.Path] = f.Page
	}
	for _, path := range answers.Unconditional(c.Components(a)) {
		f, err := c.Field(a, path.String())
		if err != nil {
			t.Fatal(err)
		}
		if page, ok := asked[f.Path]; !ok || page != f.Page {
			t.Errorf("%s is not asked, or not on page %s", path, f.Page.Name())
		}
	}
}
