package chart

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"conductor-registry/golden"
)

// The schema takes the built-in profiles, as DecodeProfile does, and refuses what it refuses.
func TestProfileSchema(t *testing.T) {
	data, err := ProfileSchema()
	if err != nil {
		t.Fatal(err)
	}
	golden.File(t, "../../docs/profile.schema.json", data)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("profile.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("profile.json")
	if err != nil {
		t.Fatal(err)
	}
	validate := func(text string) error {
		data, err := yaml.YAMLToJSON([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(value)
	}
	for _, id := range []string{"2.7", "2.8", "3.0"} {
		data, err := os.ReadFile("../../presets/charts/" + id + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(string(data)); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		for _, change := range [][2]string{{"appVersion:", "appversion:"}, {"severity: warning", "severity: bad"}, {"name: server", "name: []"}} {
			if err := validate(strings.Replace(string(data), change[0], change[1], 1)); err == nil {
				t.Errorf("%s: %s is taken", id, change[1])
			}
		}
	}
}
