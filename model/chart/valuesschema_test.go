package chart_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	sigsyaml "sigs.k8s.io/yaml"

	"conductor-registry/golden"
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
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource("values.json", document); err != nil {
			t.Fatal(err)
		}
		if schemas[p.ID], err = compiler.Compile("values.json"); err != nil {
			t.Fatal(err)
		}
		if err := schemas[p.ID].Validate(p.Defaults); err != nil {
			t.Errorf("the schema of %s refuses the chart's own values: %v", p.ID, err)
		}
	}
	for _, test := range tests {
		var values any
		if err := sigsyaml.Unmarshal([]byte(test.values), &values); err != nil {
			t.Fatal(err)
		}
		err := schemas[test.version].Validate(values)
		if (test.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("chart %s, %s: error %v, want %q", test.version, test.values, err, test.want)
		}
	}
}
