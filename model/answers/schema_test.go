package answers_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
)

func made(t *testing.T) []byte {
	t.Helper()
	data, err := answers.Schema(presetstest.Catalog(t))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDocs keeps the committed schema what the list of questions says.
func TestDocs(t *testing.T) { golden.File(t, "../../docs/answers.schema.json", made(t)) }

// validator is the schema as another program reads it, which also holds it to the rules of its draft.
func validator(t *testing.T) func(file string) error {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(made(t)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("answers.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("answers.json")
	if err != nil {
		t.Fatal(err)
	}
	return func(file string) error {
		data, err := yaml.YAMLToJSON([]byte(file))
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return compiled.Validate(value)
	}
}

// The answers of the guide's scenarios, which are written by hand, and those of every preset are valid.
func TestScenariosAreRight(t *testing.T) {
	validate, c := validator(t), presetstest.Catalog(t)
	files, err := filepath.Glob("../../golden/scenarios/guide-*/answers.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenarios", err)
	}
	texts := map[string]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		given, problems := answers.Decode(file, data)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		texts[file], texts["complete "+file] = string(data), string(c.Complete(given).Encode())
	}
	for _, s := range presetstest.Scenarios(t, c) {
		texts[s.Name] = string(c.Complete(s.Answers).Encode())
	}
	for name, text := range texts {
		if err := validate(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What generate takes the schema takes, and what it refuses at the line the schema refuses, where it can say it.
func TestAnswersFiles(t *testing.T) {
	validate, c := validator(t), presetstest.Catalog(t)
	for _, tt := range []struct{ name, file, at string }{ // at is "" for what is right
		{"numbers", "version: 1\nchart: 2.8\nregistry: {provider: ecr, account: 123456789012, region: us-east-1}\ntag: 5.10\n", ""},
		{"a release", "chart: 2.7.40\nregistry: {provider: dockerhub}\n", ""},
		{"an overlay", "registry: {provider: acr, name: myacr}\nenvironments: {dev: {registry: {name: mydev}, tag: latest}, prod: }\n", ""},
		{"an own registry", "registry: {provider: acr, name: myacr}\ncomponents: {workers: {registry: {provider: quay, namespace: myorg}}}\n", ""},
		{"a field of the own registry alone", "registry: {provider: quay, namespace: a1}\ncomponents: {workers: {registry: {namespace: b1}}}\n", ""},
		{"a method that stands in", "chart: '3.0'\npattern: global\nregistry: {provider: dockerhub}\n", ""},
		{"an empty answer", "registry: {provider: jfrog, company: '', host: a.example.com, repository: r}\n", ""},
		{"a base", "registry: {provider: dockerhub}\nbase: values-base.yaml\n", ""},
		{"a folder of presets", "registry: {provider: dockerhub}\npresets: ../registries\n", ""},

		{"a misspelt key", "tga: 1\n", "''"},
		{"a misspelt key in an environment", "environments: {dev: {tga: x}}\n", "'/environments/dev'"},
		{"a misspelt component", "components: {sever: {tag: x}}\n", "'/components'"},
		{"a misspelt key of the secret", "pullSecret: {nmae: x}\n", "'/pullSecret'"},
		{"another version", "version: 2\n", "'/version'"},
		{"an unknown chart", "chart: '2.9'\n", "'/chart'"},
		{"an unknown provider", "registry: {provider: azure}\n", "'/registry/provider'"},
		{"a field of another provider", "registry: {provider: acr, project: p}\n", "'/registry'"},
		{"a field of no provider", "environments: {dev: {registry: {colour: red}}}\n", "'/environments/dev/registry'"},
		{"a field that does not match", "registry: {provider: acr, name: a}\n", "'/registry/name'"},
		{"a wrong choice", "pullPolicy: always\n", "'/pullPolicy'"},
		{"a wrong choice of a provider", "registry: {provider: acr, cloud: gov}\n", "'/registry/cloud'"},
		{"a method that the chart has not", "chart: 2.7\npullSecret: {method: existing}\n", "'/pullSecret/method'"},
		{"a list", "tag: [a]\n", "'/tag'"},
		{"a table", "pullSecret: {name: {a: b}}\n", "'/pullSecret/name'"},
		{"a text for a table", "registry: acr\n", "'/registry'"},
		{"a pattern of one component", "components: {server: {pattern: global}}\n", "'/components/server'"},
		{"environments in one", "environments: {dev: {environments: {x: {}}}}\n", "'/environments/dev'"},
		{"an invalid name", "environments: {Dev: {}}\n", "'/environments'"},
		{"a list of names", "environments: [dev, prod]\n", "'/environments'"},
	} {
		err := validate(tt.file)
		switch {
		case (err == nil) != (tt.at == ""):
			t.Errorf("%s: got %v", tt.name, err)
		case err != nil && !strings.Contains(err.Error(), "at "+tt.at):
			t.Errorf("%s: want it at %s, got %v", tt.name, tt.at, err)
		}
		given, problems := answers.Decode("", []byte(tt.file))
		if len(problems) == 0 {
			problems = c.Check(given, "")
		}
		wrong := false
		for _, p := range problems {
			wrong = wrong || !strings.Contains(p.Summary, "is missing") && !strings.Contains(p.Summary, "needs registry.provider")
		}
		if wrong != (tt.at != "") && tt.name != "a field of no provider" {
			t.Errorf("%s: generate says %v", tt.name, problems)
		}
	}
}

// Patterns and choices of providers mean in the schema what they mean here, whatever the dialect of expressions.
func TestFieldsOfProviders(t *testing.T) {
	validate := validator(t)
	all, err := presetstest.Catalog(t).Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, p := range all {
		file := func(fields map[string]string) string {
			data, err := yaml.Marshal(map[string]any{"registry": fields})
			if err != nil {
				t.Fatal(err)
			}
			return strings.Replace(string(data), "registry:", "registry:\n  provider: "+p.ID, 1)
		}
		for _, e := range p.Examples {
			if len(e.Fields) == 0 {
				continue // only the provider
			}
			if err := validate(file(e.Fields)); err != nil {
				t.Errorf("%s: %v is refused: %v", p.ID, e.Fields, err)
			}
		}
		for _, r := range p.Refused {
			f, ok := p.Field(r.Field)
			if !ok || r.Value == "" {
				continue // what is missing an environment may give
			}
			asked++
			wrong := len(f.Choices) > 0 || f.Pattern != nil && !f.Pattern.Match(r.Value)
			for _, c := range f.Choices {
				wrong = wrong && c.Value != r.Value
			}
			if err := validate(file(map[string]string{r.Field: r.Value})); (err != nil) != wrong {
				t.Errorf("%s: %s %q is wrong: %v, got %v", p.ID, r.Field, r.Value, wrong, err)
			}
		}
	}
	if asked < 20 {
		t.Errorf("only %d answers", asked)
	}
}
