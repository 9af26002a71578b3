package presets

import (
	"bytes"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"conductor-registry/golden"
	"conductor-registry/model/registry"
)

// minimal is the smallest preset that is valid.
const minimal = `id: zot
title: Our zot
summary: zot.example.com/TEAM
fields:
  - {id: team, label: Team, hint: a team has letters, required: true}
hosts:
  - {pattern: 'zot\.example\.com'}
forms:
  - {host: zot.example.com, path: '{team}'}
repository: {default: 'conductor-{component}'}
login: {password: {from: prompt}, credentials: [{what: token}]}
imageCheck: ['skopeo inspect docker://{image}']
`

func folder(files map[string]string) Folder {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return Folder{Name: "registries", Files: out}
}

// A user's own preset works like a built-in one, and stands before them.
func TestFolderAddsPresets(t *testing.T) {
	second := strings.NewReplacer("id: zot", "id: other\norder: 1", "zot.example.com", "other.example.com", `zot\.`, `other\.`).Replace(minimal)
	all, err := Catalog(folder(map[string]string{"zot.yaml": minimal, "a.yaml": second, "README.md": "# ours"}))
	if err != nil {
		t.Fatal(err)
	}
	c := all.Registries
	var ids []string
	for _, e := range c.Entries() {
		ids = append(ids, e.ID)
	}
	if got := strings.Join(ids, " "); !strings.HasPrefix(got, "zot other acr ") || !strings.HasSuffix(got, " generic") {
		t.Errorf("the order is %s", got)
	}
	p, ok := c.Preset("zot")
	if !ok || c.ForHost("zot.example.com") != p {
		t.Fatalf("zot is not found, or not by its host: %v", p)
	}
	if loc, wrong := p.Locate(map[string]string{"team": "a"}); loc.Registry() != "zot.example.com/a" || len(wrong) > 0 {
		t.Errorf("got %s, %v", loc.Registry(), wrong)
	}
	found, ok := c.Recognise(registry.Address{Registry: "zot.example.com/a", Repository: "conductor-server"})
	if !ok || found.Preset != p {
		t.Errorf("recognised as %+v", found)
	}
}

// Each mistake in a user's preset names file and, where one key is wrong, line.
func TestFolderNamesTheMistake(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"misspelled key":    {"fields:", "feelds:", `registries/zot.yaml:4: unknown key "feelds"; did you mean "fields"?`},
		"key below":         {"label: Team", "lable: Team", `registries/zot.yaml:5: unknown key "lable"; did you mean "label"?`},
		"wrong kind":        {"required: true", "required: maybe", `registries/zot.yaml:5: got "maybe", want true or false`},
		"bad expression":    {`zot\.example\.com'}`, `zot(\.example\.com'}`, `registries/zot.yaml:7: "zot(\\.example\\.com": error parsing regexp`},
		"no id":             {"id: zot\n", "", `registries/zot.yaml: missing key "id"`},
		"enumeration":       {"label: Team", "label: Team, kind: hosts", `registries/zot.yaml: fields[0].kind: "hosts" is not one of host, path`},
		"unknown field":     {"'{team}'", "'{teem}'", `registries/zot.yaml: forms: there is no field "teem"`},
		"unknown condition": {"host: zot.example.com,", "host: zot.example.com, when: {tem: a},", `registries/zot.yaml: forms.when: there is no field "tem"`},
		"unknown group":     {`'zot\.`, `'(?P<tam>zot)\.`, `registries/zot.yaml: hosts: there is no field "tam"`},
		"twice":             {"hosts:", "  - {id: team, label: Again, hint: x}\nhosts:", `registries/zot.yaml: fields: there are two fields called "team"`},
		"no password":       {"from: prompt", "help: x", "registries/zot.yaml: login.password: from is missing"},
		"one name":          {"-{component}", "", "registries/zot.yaml: repository.default: without {component}"},
		"no hint":           {", hint: a team has letters", "", "registries/zot.yaml: fields.team.hint: is missing"},
		"no image check":    {"imageCheck: ['skopeo inspect docker://{image}']\n", "", "registries/zot.yaml: imageCheck: is missing"},
		"no credentials":    {", credentials: [{what: token}]", "", "registries/zot.yaml: login.credentials: is missing"},
		"push condition":    {"imageCheck:", "push: {before: [{what: x, when: {tem: a}}]}\nimageCheck:", `registries/zot.yaml: push.when: there is no field "tem"`},
		"taken by built-in": {"id: zot", "id: acr", `registries/zot.yaml: the id "acr" is taken by presets/registries/acr.yaml`},
	} {
		_, err := Catalog(folder(map[string]string{"zot.yaml": strings.Replace(minimal, c.old, c.new, 1)}))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", name, err, c.want)
		}
	}
	for want, files := range map[string]map[string]string{
		`registries/a.yaml: the id "zot" is taken by registries/b.yaml`: {"a.yaml": minimal, "b.yaml": minimal},
		"registries: no preset found":                                   {"zot.yml": minimal},
	} {
		if _, err := Catalog(folder(files)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// A mistake in a built-in file is an error of All, which every command but the wizard's first frame waits for.
func TestBuiltInFilesAreDecodedStrictly(t *testing.T) {
	data, err := builtIn.ReadFile("registries/acr.yaml")
	if err != nil {
		t.Fatal(err)
	}
	misspelled := bytes.Replace(data, []byte("\nfields:"), []byte("\nfeelds:"), 1)
	line := bytes.Count(misspelled[:bytes.Index(misspelled, []byte("feelds"))], []byte("\n")) + 1
	want := "presets/registries/acr.yaml:" + strconv.Itoa(line) + `: unknown key "feelds"; did you mean "fields"?`
	if _, err := DecodePreset("presets/registries/acr.yaml", misspelled); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// The schema accepts every built-in preset and refuses what the loader refuses.
func TestPresetSchema(t *testing.T) {
	data, err := registry.Schema()
	if err != nil {
		t.Fatal(err)
	}
	golden.File(t, "../docs/preset.schema.json", data)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("preset.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("preset.json")
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
	names, err := fs.Glob(builtIn, "registries/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := builtIn.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(string(data)); err != nil {
			t.Errorf("%s: %v", path.Base(name), err)
		}
	}
	for _, change := range [][2]string{
		{"fields:", "feelds:"}, {"label: Team", "lable: Team"}, {"required: true", "required: maybe"}, {"id: zot\n", ""},
		{"label: Team", "label: Team, kind: hosts"}, {"prompt", "nowhere"},
	} {
		if err := validate(strings.Replace(minimal, change[0], change[1], 1)); err == nil {
			t.Errorf("%s is accepted", change[1])
		}
	}
	if err := validate(minimal); err != nil {
		t.Error(err)
	}
}
