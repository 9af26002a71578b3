package chart_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	sigsyaml "sigs.k8s.io/yaml"

	"conductor-registry/golden"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// An independent validator accepts what the chart reads and marks what it does not. Each case names a part of the error,
// or nothing for values that are accepted.
func TestValuesSchema(t *testing.T) {
	tests := []struct{ version, values, want string }{
		{"2.8", "global: {image: {registry: r.io, tag: \"5.2.42\", pullPolicy: Always, pullSecrets: [{name: x}]}}", ""},
		{"2.8", "server: {image: {repository: a/b, tag: \"1\"}, replicas: 3, anything: {else: 1}}\nmyOwn: {image: 1}", ""},
		{"2.8", "customImagePullSecrets: {enabled: true, name: x, registries: [{registry: r, username: u, password: p, email: e}]}", ""},
		{"2.8", "existingImagePullSecret: x\npostgres: {url: x, whatever: [1]}\nredis: {anything: 1}", ""},
		{"2.8", "global: {image: {regsitry: r.io}}", "regsitry"},
		{"2.8", "global: {imgae: {registry: r.io}}", "imgae"},
		{"2.8", "existingImagePullSecert: x", "existingImagePullSecert"},
		{"2.8", "existingImagePullsecret: x", "existingImagePullsecret"},
		{"2.8", "server: {image: {tag: 5.10}}", "tag"},
		{"2.8", "server: {image: {pullPolicy: always}}", "pullPolicy"},
		{"2.8", "imageCredentials: {pasword: x}", "pasword"},
		{"2.8", "customImagePullSecrets: {registries: [{registry: r, user: u}]}", "user"},
		{"2.7", "image: {repository: r.io/a/b, tag: x, pullPolicy: Always}\nworkerImage: {repository: r.io/a/w}", ""},
		{"2.7", "workerImage: {registry: r.io}", "registry"},
		{"2.7", "imageCredential: {registry: r.io}", "imageCredential"},
		{"3.0", "image: {conductorImageName: r.io/a, workersImageName: r.io/b, tag: x, repositorySecretName: s}\nconductor: {x: 1}", ""},
		{"3.0", "image: {conductorImagename: r.io/a}", "conductorImagename"},
		{"3.0", "image: {registry: r.io}", "registry"},
	}
	folder := golden.Open(t, "../../docs/values")
	schemas := map[string]*jsonschema.Schema{}
	for _, p := range presetstest.Catalog(t).Charts.All() {
		data, err := p.ValuesSchema()
		if err != nil {
			t.Fatal(err)
		}
		folder.Check(p.ID+".schema.json", data)
		schemas[p.ID] = valuesSchema(t, p)
		if err := schemas[p.ID].Validate(p.Defaults); err != nil {
			t.Errorf("the schema of %s refuses the chart's own values: %v", p.ID, err)
		}
	}
	for _, test := range tests {
		err := validateValues(t, schemas[test.version], test.values)
		if (test.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("chart %s, %s: error %v, want %q", test.version, test.values, err, test.want)
		}
	}
}

// valuesSchema returns the schema of a chart's values, as an independent validator reads it.
func valuesSchema(t *testing.T, p *chart.Profile) *jsonschema.Schema {
	t.Helper()
	data, err := p.ValuesSchema()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("values.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("values.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validateValues(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	var values any
	if err := sigsyaml.Unmarshal([]byte(text), &values); err != nil {
		t.Fatal(err)
	}
	return schema.Validate(values)
}

// The schema accepts each values file that is generated, for every registry, pattern and method: it is the schema that
// the file names to editors.
func TestValuesSchemaAcceptsGeneratedFiles(t *testing.T) {
	catalog := presetstest.Catalog(t)
	schemas := map[string]*jsonschema.Schema{}
	for _, p := range catalog.Charts.All() {
		schemas[p.ID] = valuesSchema(t, p)
	}
	validated := 0
	for _, s := range presetstest.Scenarios(t, catalog) {
		profile, err := catalog.Chart(s.Chart)
		if err != nil {
			t.Fatal(err)
		}
		for _, method := range profile.Methods {
			s.Answers.Set("pullSecret.method", method.ID)
			p, problems := plan.Build(catalog, s.Answers, "")
			if len(problems) > 0 { // such as a method that this chart does not have
				continue
			}
			validated++
			if err := validateValues(t, schemas[s.Chart], string(p.Environments[0].Values)); err != nil {
				t.Errorf("%s, %s: %v\n%s", s.Name, method.ID, err, p.Environments[0].Values)
			}
		}
	}
	if validated < 200 {
		t.Errorf("only %d files", validated)
	}
}

// The schema refuses each key that the chart reads for images and pull secrets when two letters of it are swapped.
func TestValuesSchemaRefusesMisspelledKeys(t *testing.T) {
	for _, p := range presetstest.Catalog(t).Charts.All() {
		schema, refused := valuesSchema(t, p), 0
		for _, key := range p.ReadKeys() {
			at := strings.LastIndex(key, ".") + 1
			leaf := key[at:]
			if leaf[0] == leaf[1] {
				continue
			}
			misspelled := key[:at] + leaf[1:2] + leaf[:1] + leaf[2:]
			if err := schema.Validate(nested(misspelled)); err == nil {
				t.Errorf("chart %s: %s is accepted", p.ID, misspelled)
			}
			refused++
		}
		if refused < 5 {
			t.Errorf("chart %s: only %d keys", p.ID, refused)
		}
	}
}

// nested returns values that set one dotted path.
func nested(path string) any {
	var out any = "x"
	keys := strings.Split(path, ".")
	for _, key := range slices.Backward(keys) {
		out = map[string]any{key: out}
	}
	return out
}
