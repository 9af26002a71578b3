package answers_test

import (
	"encoding/json"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
)

// TestEveryFieldIsEverywhere checks that each question is in the schema, has a flag, is asked by the wizard, and has a
// help. Only base and presets have no flag and no page: they are relative to the answers file.
func TestEveryFieldIsEverywhere(t *testing.T) {
	catalog := presetstest.Catalog(t)
	schema := map[string]any{}
	if err := json.Unmarshal(made(t), &schema); err != nil {
		t.Fatal(err)
	}
	flags := map[string]bool{}
	for _, f := range catalog.Flags() {
		flags[f.Path] = f.Help != ""
	}
	for _, path := range answers.Paths(catalog.Components(answers.New())) {
		f, err := catalog.Field(answers.New(), path)
		if err != nil {
			t.Fatal(err)
		}
		if f.Help == "" && len(f.Choices) == 0 && f.Example == "" {
			t.Errorf("%s is not explained", path)
		}
		if inSchema(schema, schema, path) == nil {
			t.Errorf("%s is not in the schema", path)
		}
		if path == "base" || path == answers.PresetsLeaf { // file and folder, which are not asked for
			continue
		}
		if !flags[path] {
			t.Errorf("%s has no flag with a help", path)
		}
		if path != "under" && (f.Label == "" || f.Page == answers.Review) { // the wizard does not ask for it
			t.Errorf("%s is on no page", path)
		}
		delete(flags, path)
	}
	fieldsOfProviders(t, catalog, schema, flags)
	for path := range flags {
		t.Errorf("the flag of %s has no question", path)
	}
}

// fieldsOfProviders checks the same for the fields of each provider, and removes their flags.
func fieldsOfProviders(t *testing.T, catalog *answers.Catalog, schema map[string]any, flags map[string]bool) {
	t.Helper()
	all, err := catalog.Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, p := range all {
		for _, field := range p.Fields {
			for _, scope := range []string{"", "components.server.", "components.workers."} {
				a := answers.New()
				a.Set(scope+"registry.provider", p.ID)
				path := scope + "registry." + field.ID
				f, err := catalog.Field(a, path)
				if err != nil || f.Label == "" || f.Help == "" || f.Page == answers.Review {
					t.Errorf("%s of %s: label %q, help %q, %v", path, p.ID, f.Label, f.Help, err)
				}
				if !flags[path] && !asked[path] {
					t.Errorf("%s has no flag with a help", path)
				}
				asked[path] = true
				delete(flags, path)
			}
			if own := inSchema(schema, definition(schema, "registry-"+p.ID), field.ID); own["description"] == nil {
				t.Errorf("%s of %s is not in the schema", field.ID, p.ID)
			}
		}
	}
}

// inSchema returns the schema of a path below a table; nil without one.
func inSchema(schema, table map[string]any, path string) map[string]any {
	for key := range strings.SplitSeq(path, ".") {
		if ref, ok := table["$ref"].(string); ok {
			table = definition(schema, strings.TrimPrefix(ref, "#/$defs/"))
		}
		properties, _ := table["properties"].(map[string]any)
		table, _ = properties[key].(map[string]any)
	}
	return table
}

func definition(schema map[string]any, name string) map[string]any {
	all, _ := schema["$defs"].(map[string]any)
	one, _ := all[name].(map[string]any)
	return one
}
