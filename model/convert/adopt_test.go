package convert_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
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

func adopted(t testing.TB, c *answers.Catalog, name string, data []byte, profile *chart.Profile) *convert.Adopted {
	t.Helper()
	r, err := convert.Adopt(c, values.Source{Name: name, Data: data}, profile)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// gives is what the pods get, with the name of Docker Hub left out.
func gives(r *chart.Resolution) string {
	var out []string
	for _, name := range []string{"server", "workers"} {
		c := r.Components[name]
		out = append(out, fmt.Sprint(strings.TrimPrefix(c.Image, "docker.io/"), " ", c.PullPolicy, " ", c.PullSecrets))
	}
	return strings.Join(out, "\n")
}

// warnings are the problems that say that something is not carried over.
func warnings(r *convert.Adopted) []string {
	var out []string
	for _, p := range r.Problems {
		if p.Severity != model.Info {
			out = append(out, p.Rule+": "+p.String()+" ("+p.Why+")")
		}
	}
	return out
}

// others are the answers that a file does not tell: what is not in it, and what other answers write in the same way.
var others = map[string]string{
	"dockerhub-full-name/values.yaml":                      `pattern: "per-component" not "full-name"`,
	"guide-dockerhub-login/values.yaml":                    `pullSecret.username: "" not "dockerhub-username"`,
	"guide-method-2-image-credentials/values.yaml":         `pullSecret.username: "" not "myuser"`,
	"guide-method-3-custom-image-pull-secrets/values.yaml": `pullSecret.username: "" not "user1"`,
}

// The files of every scenario lead back to its answers, and those to the same files.
func TestScenarios(t *testing.T) {
	c := presetstest.Catalog(t)
	files, _ := filepath.Glob("../../golden/scenarios/*/answers.yaml")
	if len(files) < 60 {
		t.Fatalf("only %d scenarios", len(files))
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
		p, problems := plan.Build(c, given, "")
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for _, env := range p.Environments {
			name := filepath.Join(filepath.Base(filepath.Dir(file)), env.FileName("values"))
			t.Run(name, func(t *testing.T) {
				r := adopted(t, c, name, env.Values, nil)
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
				if got := difference(c.Flat(given.In(env.Name)), c.Flat(r.Answers)); got != others[name] {
					t.Errorf("other answers: %s", got)
				}
			})
		}
	}
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

// cases are values files of all kinds, by the chart that they are for; "" is for their keys to tell.
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

// What any file gives the pods, its answers give them, or the key is told that they don't follow.
func TestAnyFile(t *testing.T) {
	c := presetstest.Catalog(t)
	equal := 0
	for version, all := range cases(t) {
		var profile *chart.Profile
		if version != "" {
			profile, _ = c.Chart(version)
		}
		for _, loaded := range all {
			r, err := convert.Adopt(c, values.Source{Name: "values.yaml", Data: []byte(loaded)}, profile)
			if err != nil {
				continue // no YAML
			}
			if r.Answers == nil {
				if len(r.Problems.Errors()) == 0 {
					t.Errorf("no answers and no error:\n%s", loaded)
				}
				continue
			}
			if p, problems := plan.Build(c, r.Answers, ""); len(problems) > 0 {
				if len(warnings(r)) == 0 {
					t.Errorf("nothing is told of %v\n%s", problems, loaded)
				}
			} else if untold := untold(r, p.Environments[0].Resolution); untold != "" {
				t.Errorf("%s\n%s\ngot\n%s\n%v", untold, loaded, r.Answers.Encode(), r.Problems)
			} else if gives(p.Environments[0].Resolution) == gives(r.Resolution) {
				equal++
			}
		}
	}
	if equal < 225 {
		t.Errorf("only %d files are adopted whole", equal)
	}
}

// untold is what the answers give in another way than the file, without a warning at the key that decides it.
func untold(r *convert.Adopted, now *chart.Resolution) string {
	told := func(origins ...chart.Origin) bool {
		return slices.ContainsFunc(r.Problems, func(p model.Problem) bool {
			return p.Severity == model.Warning && slices.ContainsFunc(origins, func(o chart.Origin) bool { return p.Path == o.From })
		})
	}
	for name, was := range r.Resolution.Components {
		is, t := now.Components[name], was.Trace
		tag := t.Tag.Value != is.Trace.Tag.Value
		cut := func(c *chart.ResolvedComponent) string {
			return strings.TrimPrefix(strings.TrimSuffix(c.Image, fmt.Sprint(c.Trace.Tag.Value)), "docker.io/")
		}
		switch {
		case cut(was) != cut(is) && !told(t.Registry, t.Repository):
			return "the image of " + name
		case tag && !told(t.Tag):
			return "the tag of " + name
		case was.PullPolicy != is.PullPolicy && !told(t.PullPolicy):
			return "the policy of " + name
		case !reflect.DeepEqual(was.PullSecrets, is.PullSecrets) && len(warnings(r)) == 0:
			return "the secret of " + name
		}
	}
	return ""
}

// No file makes it fail, and what it says of one holds.
func FuzzAdopt(f *testing.F) {
	for _, all := range cases(f) {
		for _, values := range all {
			f.Add([]byte(values))
		}
	}
	c := presetstest.Catalog(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := convert.Adopt(c, values.Source{Name: "v.yaml", Data: data}, nil)
		if err != nil || r.Answers == nil {
			return
		}
		p, problems := plan.Build(c, r.Answers, "")
		if len(problems) > 0 {
			return
		}
		if untold := untold(r, p.Environments[0].Resolution); untold != "" {
			t.Errorf("%s\n%s\n%v", untold, r.Answers.Encode(), r.Problems)
		}
	})
}
