package gitops_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"conductor-registry/model/answers"
	"conductor-registry/model/gitops"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

const several = "environments:\n  dev: {pullSecret: {namespace: conductor-dev}}\n  prod: {}\n  eu-1: {pullSecret: {namespace: eu}}\n"

// cases are answers of each kind that the objects depend on.
var cases = map[string]string{
	"git chart":           "",
	"git chart, several":  several,
	"helm chart":          "chart: \"2.7\"\npullSecret: {method: none, namespace: conductor}\n",
	"required files":      "chart: \"3.0\"\n",
	"files, several":      "chart: \"3.0\"\n" + several,
	"charts differ":       "environments:\n  dev: {pullSecret: {namespace: a}}\n  prod: {chart: \"3.0\"}\n",
	"below a subchart":    "under: platform.conductor\n",
	"files below another": "chart: \"3.0\"\nunder: conductor\n" + several,
	"an environment without a secret": "environments:\n  dev: {pullSecret: {method: none}}\n  prod: {}\n" +
		"  ecr: {pullSecret: {namespace: x}, registry: {provider: ecr, account: \"123456789012\", region: eu-central-1}}\n",
}

func planOf(t *testing.T, more string) *plan.Plan {
	t.Helper()
	if !strings.Contains(more, "\npullSecret:") {
		more = "pullSecret: {method: existing, name: creds, namespace: conductor}\n" + more
	}
	a, problems := answers.Decode("answers.yaml", []byte("version: 1\ntag: \"5.2.42\"\n"+
		"registry: {provider: generic, host: r.example.com}\n"+more))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	p, problems := plan.Build(presetstest.Catalog(t), a, "answers.yaml")
	if len(problems.Errors()) > 0 {
		t.Fatal(problems)
	}
	return p
}

// eachFiles calls do with the files of each case, with and without External Secrets.
func eachFiles(t *testing.T, do func(t *testing.T, p *plan.Plan, tool string, files []plan.File)) {
	for name, more := range cases {
		p := planOf(t, more)
		for _, tool := range gitops.Tools() {
			for _, isExternal := range []bool{false, true} {
				files, err := gitops.Files(tool, p, gitops.Options{External: isExternal})
				if err != nil {
					t.Fatal(err)
				}
				if isExternal {
					tool += " with External Secrets"
				}
				t.Run(name+", "+tool, func(t *testing.T) { do(t, p, tool, files) })
			}
		}
	}
}

func documents(data []byte) []string { return strings.Split(string(data), "\n---\n") }

// All objects have the fields that their projects document, and no others.
func TestObjectsFitTheirSchema(t *testing.T) {
	data, err := os.ReadFile("testdata/objects.yaml")
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("objects.json", decoded(t, data)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("objects.json")
	if err != nil {
		t.Fatal(err)
	}
	eachFiles(t, func(t *testing.T, _ *plan.Plan, _ string, files []plan.File) {
		for _, f := range files {
			for _, document := range documents(f.Data) {
				if err := schema.Validate(decoded(t, []byte(document))); err != nil {
					t.Errorf("%s: %v\n%s", f.Name, err, document)
				}
			}
		}
	})
}

func decoded(t *testing.T, data []byte) any {
	t.Helper()
	text, err := yaml.YAMLToJSONStrict(data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// The Go types of Flux and kustomize take all objects. GITOPS names the program of tools/gitops.
func TestObjectsDecodeIntoTheirTypes(t *testing.T) {
	program := os.Getenv("GITOPS")
	if program == "" {
		t.Skip("make test-release builds the program with the types")
	}
	var all bytes.Buffer
	eachFiles(t, func(_ *testing.T, _ *plan.Plan, _ string, files []plan.File) {
		for _, f := range files {
			all.WriteString("---\n# " + f.Name + "\n")
			all.Write(f.Data)
		}
	})
	for _, wrong := range []string{"", "---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {valuesFrm: []}\n"} {
		cmd := exec.CommandContext(t.Context(), program)
		cmd.Stdin = strings.NewReader(all.String() + wrong)
		if out, err := cmd.CombinedOutput(); (err == nil) != (wrong == "") {
			t.Errorf("%v\n%s", err, out)
		}
	}
}

// Kustomize reads what Flux's kustomization names, and puts the values and required files where the HelmReleases look.
func TestKustomize(t *testing.T) {
	kubectl := os.Getenv("KUBECTL")
	if kubectl == "" {
		t.Skip("make test names one in KUBECTL")
	}
	for _, name := range []string{"files, several", "an environment without a secret"} {
		p, folder := planOf(t, cases[name]), t.TempDir()
		objects, err := gitops.Files(gitops.Flux, p, gitops.Options{External: true})
		if err != nil {
			t.Fatal(err)
		}
		required := []plan.File{{Name: "conductor.properties", Data: []byte("a=b,c\n")}, {Name: "workers.properties"}}
		for _, f := range append(append(objects, p.Files()...), required...) {
			if err := os.WriteFile(filepath.Join(folder, f.Name), f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		out, err := exec.CommandContext(t.Context(), kubectl, "kustomize", folder).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		checkReferences(t, string(out))
	}
}

// checkReferences requires each name in valuesFrom to be an object of its kind, with the key that is read.
func checkReferences(t *testing.T, text string) {
	t.Helper()
	type object struct {
		Kind     string
		Metadata struct{ Name, Namespace string }
		Data     map[string]string
		Spec     struct {
			ValuesFrom []struct{ Kind, Name, ValuesKey string }
		}
	}
	held, releases := map[string]bool{}, []object{}
	for _, document := range documents([]byte(text)) {
		var o object
		if err := yaml.Unmarshal([]byte(document), &o); err != nil {
			t.Fatalf("%v\n%s", err, document)
		}
		for key := range o.Data {
			held[strings.Join([]string{o.Kind, o.Metadata.Namespace, o.Metadata.Name, key}, "/")] = true
		}
		if o.Kind == "HelmRelease" {
			releases = append(releases, o)
		}
	}
	if len(releases) < 3 {
		t.Errorf("%d HelmReleases\n%s", len(releases), text)
	}
	for _, release := range releases {
		for _, from := range release.Spec.ValuesFrom {
			if from.ValuesKey == "" {
				from.ValuesKey = "values.yaml"
			}
			if id := strings.Join([]string{from.Kind, release.Metadata.Namespace, from.Name, from.ValuesKey}, "/"); !held[id] {
				t.Errorf("%s is not there\n%s", id, text)
			}
		}
	}
}

// Two environments in one namespace replace each other where one kustomization applies both.
func TestSharedNamespace(t *testing.T) {
	p := planOf(t, "environments: {dev: {}, prod: {}}\n")
	found := gitops.Problems(gitops.Flux, p)
	if len(found) != 1 || !strings.Contains(found[0].Summary, "dev and prod") || len(gitops.Problems(gitops.ArgoCD, p)) > 0 {
		t.Errorf("%v", found)
	}
	if found := gitops.Problems(gitops.Flux, planOf(t, several)); len(found) > 0 {
		t.Errorf("%v", found)
	}
	files, err := gitops.Files(gitops.Flux, p, gitops.Options{External: true})
	if err != nil {
		t.Fatal(err)
	}
	last := string(files[len(files)-1].Data)
	if strings.Count(last, "external-secret") != 1 {
		t.Errorf("kustomize refuses two objects of one name:\n%s", last)
	}
}

// What was filled in stays; lines without their comment, of other keys or of another number are written anew.
func TestKeep(t *testing.T) {
	const text = "a:\n  - url: example # change: the repository\n    b: 1\n  - server: x # change: dev\n  - server: x # change: prod\n" +
		"c:\n  key: LOGIN # fill in: where\n  key: LOGIN # fill in: where\n"
	for name, c := range map[string]struct{ old, want string }{
		"nothing there": {"", text},
		"filled in": {"a:\n  - url: https://mine # change: the repository\r\n  - server: y # change: prod\n",
			strings.NewReplacer("url: example", "url: https://mine", "x # change: prod", "y # change: prod").Replace(text)},
		"the same comment twice": {"  key: one # fill in: where\n  key: two # fill in: where\n",
			strings.Replace(strings.Replace(text, "LOGIN", "one", 1), "LOGIN", "two", 1)},
		"once of two":        {"  key: one # fill in: where\n", text},
		"another key":        {"  - host: mine # change: the repository\n", text},
		"without the remark": {"  - url: mine\n", text},
	} {
		if got := gitops.Keep(text, c.old); got != c.want {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}
