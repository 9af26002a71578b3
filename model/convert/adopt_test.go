package convert_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// Each setting that no answer leads to is reported once, at the key that decides it; the others are answered.
func TestAdoptReportsWhatIsNotAdopted(t *testing.T) {
	for _, tt := range []struct {
		name, values string
		severity     model.Severity
		rule, says   string
		line         int
		path, answer string // an answer that is given beside
	}{
		{"another split", "global:\n  image:\n    registry: gcr.io\nserver: {image: {repository: my-project/server}}\n",
			model.Info, "registry-taken-as-generic", "gcr.io is Google Container Registry", 3, "registry.provider", "generic"},
		{"a name", "global:\n  image:\n    registry: harbor.example.com/conductor\n",
			model.Info, "registry-guessed", "harbor.example.com is assumed to be Harbor, from its name", 3, "registry.provider", "harbor"},
		{"a scheme", "server:\n  image:\n    repository: https://r.io/s\n",
			model.Warning, "registry-scheme", `"https://r.io/s" has a scheme`, 3, "components.server.repository", "s"},
		{"a folder of Docker Hub", "global: {image: {registry: myregistry}}\nserver: {image: {repository: a/b}}\n",
			model.Warning, "not-adopted", "the image of server", 1, "chart", "2.8"},
		{"a list", "global: {image: {registry: [quay.io/o]}}\n",
			model.Warning, "not-adopted", `global.image.registry is a list, and is read as "quay.io/o"`, 1, "registry.path", "o"},
		{"a mapping", "global: {image: {registry: quay.io/o}}\nserver: {image: {repository: {a: b}}}\n",
			model.Warning, "not-adopted", "server.image.repository is a mapping", 2, "registry.path", "o"},
		{"a whole image", "server: {image: 'quay.io/o/s:5.3.0'}\n",
			model.Warning, "not-adopted", `server.image is text, and is read as "quay.io/o/s:5.3.0"`, 1, "components.server.repository", "o/s"},
		{"a template", "global: {image: {registry: quay.io/o}}\nworkers: {image: {repository: '{{ .Values.w }}'}}\n",
			model.Warning, "not-adopted", "the image of workers", 2, "registry.path", "o"},
		{"an unknown registry and a known path", "global: {image: {registry: '${R}'}}\nserver: {image: {repository: our-server}}\n",
			model.Warning, "not-adopted", "the image of server", 1, "components.server.repository", "our-server"},
		{"a digest alone", "server:\n  image:\n    tag: sha256:abc\n",
			model.Warning, "not-adopted", `the tag "sha256:abc" of server`, 3, "registry.provider", "dockerhub"},
		{"a policy that does not exist", "image: {conductorImageName: r.io/s, pullPolicy: always}\n",
			model.Warning, "pull-policy-invalid", "the pull policy of server, always, does not exist", 1,
			"registry.host", "r.io"},
		{"a secret that is not read", "global:\n  image:\n    pullSecrets: [{name: mine}]\n",
			model.Warning, "pull-secret-meant", "names the pull secret mine in a key that chart 2.8 does not read", 3, "pullSecret.method", "global"},
		{"a secret that can't be named", "workerImage: {tag: '1'}\nimage: {repository: r.io/s, tag: '1'}\nexistingImagePullSecret: mine\nredis: {}\n",
			model.Warning, "not-adopted", "in a key that chart 2.7 does not read, and the chart has no other", 3, "pullSecret.method", "none"},
		{"the chart's own secret", "existingImagePullSecret: orkesregistry\n",
			model.Warning, "not-adopted", "pullSecret.name cannot be \"orkesregistry\"", 1, "registry.provider", "dockerhub"},
		{"two registries, one login", "global: {image: {registry: r.io}}\nserver: {image: {repository: s}}\n" +
			"workers: {image: {registry: q.io, repository: w}}\nimageCredentials: {registry: r.io}\n",
			model.Warning, "not-adopted", `pullSecret.method cannot be "imageCredentials"`, 4, "components.workers.registry.host", "q.io"},
		{"two charts", "image: {tag: '1'}\n", model.Warning, "chart-assumed", "the keys fit chart 3.0 or 2.7: chart 3.0 is assumed", 0, "tag", "1"},
		{"no chart", "redis: {host: r}\n", model.Warning, "chart-assumed", "the keys do not tell which chart the file is for: chart 2.8 is assumed", 0, "chart", "2.8"},
		{"a number", "global:\n  image:\n    tag: 5.2\n", model.Info, "key-rewritten", `the answers write this key as "5.2"`, 3, "tag", "5.2"},
		{"part of the values", "global: {image: {registry: r.io}}\nsecurity: {enabled: true}\n",
			model.Info, "values-incomplete", "chart 2.8 refuses this file on its own: ", 0, "registry.host", "r.io"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := adopted(t, presetstest.Catalog(t), []byte(tt.values))
			wantOnce(t, r.Problems, model.Problem{Rule: tt.rule, Severity: tt.severity, Summary: tt.says, Line: tt.line})
			if got := r.Answers.Get(tt.path); got != tt.answer {
				t.Errorf("%s is %q, want %q", tt.path, got, tt.answer)
			}
		})
	}
}

// A component's own registry also answers the fields in which the common one differs.
func TestAdoptTwoRegistriesOfOneProvider(t *testing.T) {
	r := adopted(t, presetstest.Catalog(t), []byte("server: {image: {registry: myacr.azurecr.us, repository: s}}\n"+
		"workers: {image: {registry: other.azurecr.io, repository: w}}\n"))
	if w := warnings(r); len(w) > 0 || r.Answers.Get("components.workers.registry.cloud") != "public" {
		t.Errorf("got %v\n%s", w, r.Answers.Encode())
	}
}

// Of a file that the chart refuses the rest is read, with the values that have one right form.
func TestAdoptReadsTheRestOfARefusedFile(t *testing.T) {
	for text, want := range map[string]map[string]string{
		"server: {image: {tag: 5.2, repository: quay.io/o/s}}\n":                         {"tag": "5.2", "components.server.repository": "o/s"},
		"global: {image: {registry: quay.io/o, tag: '7'}}\nexistingImagePullSecret: 5\n": {"registry.host": "quay.io", "tag": "7"},
		"global: {image: {registry: quay.io/o}}\nimageCredentials: {username: [x]}\n":    {"registry.host": "quay.io"},
	} {
		r := adopted(t, presetstest.Catalog(t), []byte(text))
		if r.Answers == nil || len(r.Problems.Errors()) > 0 || len(r.Problems) == 0 {
			t.Errorf("%s: got %v", text, r.Problems)
			continue
		}
		for path, value := range want {
			if got := r.Answers.Get(path); got != value {
				t.Errorf("%s: %s is %q, want %q\n%s", text, path, got, value, r.Answers.Encode())
			}
		}
	}
}

func TestAdoptShowsNoCredentials(t *testing.T) {
	data, err := os.ReadFile("testdata/convert/two-logins/2.8.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r := adopted(t, presetstest.Catalog(t), data)
	for _, text := range []string{problemText(r.Problems), string(r.Answers.Encode())} {
		if strings.Contains(text, "s3cret") || strings.Contains(text, "robot") {
			t.Errorf("credentials are shown:\n%s", text)
		}
	}
}

// gives returns what the pods get, with the name of Docker Hub left out.
func gives(r *chart.Resolution) string {
	var out []string
	for _, name := range []string{"server", "workers"} {
		c := r.Components[name]
		out = append(out, fmt.Sprint(strings.TrimPrefix(c.Image, "docker.io/"), " ", c.PullPolicy, " ", c.PullSecrets))
	}
	return strings.Join(out, "\n")
}

// warnings returns the problems that are not infos.
func warnings(r *convert.Adopted) []string {
	var out []string
	for _, p := range r.Problems {
		if p.Severity != model.Info {
			out = append(out, p.Rule+": "+p.String()+" ("+p.Why+")")
		}
	}
	return out
}

// others returns the answers that may differ from the scenario's: those that its files do not show, and those that
// another answer writes in the same way.
var others = map[string]string{
	"dockerhub-full-name/values.yaml":                      `pattern: "per-component" not "full-name"`,
	"guide-dockerhub-login/values.yaml":                    `pullSecret.username: "" not "dockerhub-username"`,
	"guide-method-2-image-credentials/values.yaml":         `pullSecret.username: "" not "myuser"`,
	"guide-method-3-custom-image-pull-secrets/values.yaml": `pullSecret.username: "" not "user1"`,
}

// The files of each scenario lead back to its answers, and those to the same files.
func TestAdoptEachScenario(t *testing.T) {
	c := presetstest.Catalog(t)
	scenarios := map[string]*answers.Answers{}
	files, err := filepath.Glob("../../golden/scenarios/guide-*/answers.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		given, problems := answers.Decode(file, data)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		scenarios[filepath.Base(filepath.Dir(file))] = given
	}
	for _, s := range presetstest.Scenarios(t, c) {
		scenarios[s.Name] = s.Answers
	}
	for scenario, given := range scenarios {
		for _, env := range presetstest.Plan(t, c, given).Environments {
			name := filepath.Join(scenario, env.FileName("values"))
			t.Run(name, func(t *testing.T) {
				r := adopted(t, c, env.Values)
				if r.Answers == nil || len(warnings(r)) > 0 {
					t.Fatalf("got %v", r.Problems)
				}
				again, problems := plan.BuildOnto(c, r.Answers, "", plan.Bases{"": {Name: name, Data: env.Values}})
				if len(problems) > 0 {
					t.Fatal(problems)
				}
				if got := again.Environments[0]; gives(got.Resolution) != gives(env.Resolution) || !bytes.Equal(got.Values, env.Values) {
					t.Errorf("got\n%s\n%s\nwant\n%s\n%s", gives(got.Resolution), got.Values, gives(env.Resolution), env.Values)
				}
				if got := difference(c.Complete(inForce(given, env.Name)), c.Complete(r.Answers)); got != others[name] {
					t.Errorf("other answers: %s", got)
				}
			})
		}
	}
}

// inForce returns the answers of one environment as answers without environments.
func inForce(a *answers.Answers, env string) *answers.Answers {
	out := answers.New()
	for _, text := range a.Paths() {
		path := answers.ParsePath(text)
		if path.Environment != "" && path.Environment != env {
			continue
		}
		path.Environment = env
		if v := a.Lookup(path); v.Answered {
			path.Environment = ""
			out.Set(path.String(), v.Text)
		}
	}
	return out
}

func difference(want, got *answers.Answers) string {
	var out []string
	seen := map[string]bool{}
	for _, path := range append(want.Paths(), got.Paths()...) {
		if !seen[path] && want.Get(path) != got.Get(path) {
			out = append(out, fmt.Sprintf("%s: %q not %q", path, got.Get(path), want.Get(path)))
		}
		seen[path] = true
	}
	return strings.Join(out, ", ")
}

// cases returns values files of all kinds, by their chart; "" where the keys decide it.
func cases(t testing.TB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	files, _ := filepath.Glob("../chart/testdata/*.jsonl")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, version, _ := strings.Cut(filepath.Base(file), "-")
		for line := range bytes.Lines(data) {
			var c struct{ Values string }
			if err := json.Unmarshal(line, &c); err != nil {
				t.Fatal(err)
			}
			out[version[:3]] = append(out[version[:3]], c.Values)
		}
	}
	for _, pattern := range []string{"testdata/convert/*/*.yaml", "../lint/testdata/*/*.yaml", "../values/testdata/*.yaml"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			out[""] = append(out[""], string(data))
		}
	}
	return out
}

// The answers for any file give the pods the same as the file, or the key that differs is reported.
func TestAdoptKeepsOrReportsEverySetting(t *testing.T) {
	c := presetstest.Catalog(t)
	equal := 0
	for version, all := range cases(t) {
		var profile *chart.Profile
		if version != "" {
			profile, _ = c.Chart(version)
		}
		for _, loaded := range all {
			file, err := values.Parse(values.Source{Name: "values.yaml", Data: []byte(loaded)})
			if err != nil {
				continue // not YAML
			}
			r := convert.Adopt(c, file, profile)
			if r.Answers == nil {
				if len(r.Problems.Errors()) == 0 {
					t.Errorf("no answers and no error:\n%s", loaded)
				}
				continue
			}
			if p, problems := plan.Build(c, r.Answers, ""); len(problems) > 0 {
				if len(warnings(r)) == 0 {
					t.Errorf("nothing is reported about %v\n%s", problems, loaded)
				}
			} else if missed := unreported(r, p.Environments[0].Resolution); missed != "" {
				t.Errorf("%s\n%s\ngot\n%s\n%v", missed, loaded, r.Answers.Encode(), r.Problems)
			} else if gives(p.Environments[0].Resolution) == gives(r.Resolution) {
				equal++
			}
		}
	}
	if equal < 225 {
		t.Errorf("only %d files are adopted whole", equal)
	}
}

// unreported returns what the answers give otherwise than the file, without a warning at the key that decides it.
func unreported(r *convert.Adopted, now *chart.Resolution) string {
	isReported := func(origins []chart.Origin) bool {
		return slices.ContainsFunc(r.Problems, func(p model.Problem) bool {
			return p.Severity == model.Warning && slices.ContainsFunc(origins, func(o chart.Origin) bool { return p.Path == o.From })
		})
	}
	for _, d := range chart.Diff(r.Resolution, now, chart.NamePart, chart.TagPart, chart.PullPolicyPart, chart.PullSecretsPart) {
		switch {
		case d.IsDockerHubHost(), d.Part == chart.PullSecretsPart && len(warnings(r)) > 0, isReported(d.WantFrom):
		default:
			return "the " + d.Part.Words() + " of " + d.Component
		}
	}
	return ""
}

// The same for arbitrary bytes.
func FuzzAdopt(f *testing.F) {
	for _, all := range cases(f) {
		for _, values := range all {
			f.Add([]byte(values))
		}
	}
	c := presetstest.Catalog(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := values.Parse(values.Source{Name: "values.yaml", Data: data})
		if err != nil {
			return
		}
		r := convert.Adopt(c, file, nil)
		if r.Answers == nil {
			return
		}
		p, problems := plan.Build(c, r.Answers, "")
		if len(problems) > 0 {
			return
		}
		if missed := unreported(r, p.Environments[0].Resolution); missed != "" {
			t.Errorf("%s\n%s\n%v", missed, r.Answers.Encode(), r.Problems)
		}
	})
}
