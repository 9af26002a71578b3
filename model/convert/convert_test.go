package convert_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// Real values files, converted to each other chart and back. Each folder has one file, named by its chart.
func TestConvertRealFiles(t *testing.T) {
	inputs, _ := filepath.Glob("testdata/convert/*/?.?.yaml")
	if len(inputs) < 6 {
		t.Fatalf("only %d files", len(inputs))
	}
	for _, path := range inputs {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			folder := golden.Open(t, filepath.Dir(path))
			old := folder.Input(filepath.Base(path))
			from := strings.TrimSuffix(filepath.Base(path), ".yaml")
			for _, p := range presetstest.Catalog(t).Charts.All() {
				if p.ID == from {
					continue
				}
				r := converted(t, old, from, p.ID)
				folder.Check("to-"+p.ID+".yaml", r.Data)
				folder.Check("to-"+p.ID+".txt", []byte(problemText(r.Problems)))
				guess, _ := convert.Guess(parsed(t, r.Data), presetstest.Catalog(t).Charts.All())
				if guess != nil && guess.ID != p.ID {
					t.Errorf("the file for %s looks like one for %v", p.ID, guess)
				}
				back := converted(t, r.Data, p.ID, from)
				folder.Check("back-from-"+p.ID+".yaml", back.Data)
				folder.Check("back-from-"+p.ID+".txt", []byte(problemText(back.Problems)))
			}
		})
	}
}

// Each setting that is not carried over is reported once, at the key that decides it.
func TestConvertReportsWhatIsNotCarriedOver(t *testing.T) {
	for _, tt := range []struct {
		name, from, to, values string
		severity               model.Severity
		rule, says             string
		line                   int
	}{
		{"two tags", "2.7", "3.0", "image: {tag: a1}\nworkerImage:\n  tag: b2\n",
			model.Warning, "one-for-all", "one tag for all images: workers gets a1 instead of b2", 3},
		{"the tag of the workers alone", "2.7", "3.0", "workerImage:\n  tag: b2\n",
			model.Warning, "one-for-all", "server gets b2 instead of 5.2.42", 2},
		{"two policies", "2.8", "2.7", "server: {image: {pullPolicy: Always}}\nworkers: {image: {pullPolicy: Never}}\n",
			model.Warning, "one-for-all", "one pull policy for all images: workers gets Always instead of Never", 2},
		{"a digest", "2.8", "3.0", "server: {image: {tag: '1@sha256:" + strings.Repeat("a", 64) + "'}}\n",
			model.Warning, "digest-not-carried", "the digest of the server image is removed", 1},
		{"a login of Helm's", "2.7", "3.0", "image: {tag: '1'}\nimageCredentials:\n  password: hidden\n",
			model.Warning, "pull-secret-not-carried", "chart 3.0 creates no pull secret", 3},
		{"logins of Helm's", "2.8", "2.7", "customImagePullSecrets:\n  enabled: true\n  registries: [{registry: a}, {registry: b}]\n",
			model.Warning, "pull-secret-not-carried", "one registry, from imageCredentials", 2},
		{"an existing secret", "3.0", "2.7", "image:\n  repositorySecretName: mine\n",
			model.Warning, "pull-secret-not-carried", "cannot use a secret that exists already, such as mine", 2},
		{"no secret", "3.0", "2.8", "image:\n  repositorySecretName: ''\n",
			model.Warning, "pull-secret-not-carried", "with chart 2.8 they use orkesregistry", 2},
		{"a secret without a name", "3.0", "2.8", "image:\n  repositorySecretName: 'null'\n",
			model.Warning, "pull-secret-not-carried", "the pull secret changes from [] to [orkesregistry]", 2},
		{"the secret left to the chart", "2.8", "3.0", "global: {image: {tag: '1'}}\n",
			model.Warning, "pull-secret-default", "chart 2.8 uses orkesregistry (created by Helm)", 0},
		{"a secret that was not read", "2.8", "3.0", "global:\n  image:\n    pullSecrets: [{name: mine}]\n",
			model.Info, "pull-secrets-ignored", "had no effect; from now on the pods use mine", 3},
		{"a second secret that was not read", "2.8", "3.0",
			"server: {image: {pullSecrets: [{name: mine}]}}\nworkers: {image: {pullSecrets: [{name: other}]}}\n",
			model.Info, "pull-secrets-ignored", "workers.image.pullSecrets, so it is removed", 2},
		{"a secret that was not read beside a login", "2.8", "3.0", "imageCredentials:\n  existingSecret: mine\n",
			model.Info, "pull-secrets-ignored", "had no effect; from now on the pods use mine", 2},
		{"an image that no node can pull", "2.8", "2.7", "global: {image: {registry: 'https://r.io'}}\nserver: {image: {repository: s}}\n",
			model.Warning, "image-unparsable", `"https://r.io/s:5.2.42", is not a valid image name`, 1},
		{"a key that was not read", "2.8", "3.0", "image: {tag: '1'}\nglobal: {image: {registry: r.io}}\n",
			model.Info, "other-chart-key", "so it is removed", 1},
		{"a key that was not read, in one of several files", "2.8", "3.0", "security: {enabled: true}\nz: 1\nimage: {tag: '1'}\n",
			model.Info, "other-chart-key", "so it is removed", 3},
		{"a tag left to the chart", "2.7", "3.0", "image: {repository: r.io/s}\n",
			model.Info, "chart-default-changes", "the tag of server from 5.2.42 to 5.2.78", 0},
		{"a policy that the chart gives itself when empty", "2.7", "2.8", "image:\n  pullPolicy: ''\n",
			model.Warning, "not-carried", `the pull policy of server changes from "" to "IfNotPresent"`, 2},
		{"values of others", "2.7", "2.8", "image: {tag: '1'}\nworkers: {replicaCount: 2}\napp: {replicaCount: 'two'}\n",
			model.Info, "values-incomplete", "chart 2.7 refuses this file on its own: values don't meet", 0},
		{"a required file that is empty", "3.0", "2.8", "image: {tag: '1'}\nconductor: {properties: ''}\n",
			model.Info, "values-incomplete", "chart 3.0 refuses this file on its own", 0},
		{"values that the new chart refuses", "3.0", "2.8", "image: {tag: '1'}\nserver: text\n",
			model.Warning, "values-incomplete", "chart 2.8 refuses settings that are not converted", 0},
		{"the same chart", "3.0.1", "3.0.2", "image: {tag: '1'}\n", model.Info, "same-keys", "there is nothing to convert", 0},
		{"a release with another tag", "3.0.1", "3.0.2", "image: {conductorImageName: r.io/s}\n",
			model.Info, "chart-default-changes", "the tag of server from 5.2.43 to 5.2.78", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := converted(t, []byte(tt.values), tt.from, tt.to)
			wantOnce(t, r.Problems, model.Problem{Rule: tt.rule, Severity: tt.severity, Summary: tt.says, Line: tt.line})
			if strings.Contains(problemText(r.Problems), "hidden") {
				t.Error("a password is shown")
			}
		})
	}
}

// Where an edit would change other keys, nothing is converted.
func TestConvertRefusesFiles(t *testing.T) {
	for name, tt := range map[string]struct {
		values, rule string
		line         int
	}{
		"an anchor":         {"image: &i\n  tag: &t '1'\nother: *t\n", "edit-refused", 2},
		"an alias":          {"x: &x {tag: '1'}\nimage: *x\n", "edit-refused", 2},
		"values of another": {"imageCredentials: {registry: 5}\n", "values-refused", 0},
	} {
		r := convert.Convert(parsed(t, []byte(tt.values)), profile(t, "2.7"), profile(t, "2.8"))
		if r.Data != nil || len(r.Problems.Errors()) == 0 || r.Problems[0].Rule != tt.rule || r.Problems[0].Line != tt.line {
			t.Errorf("%s: got %q, %v, want %s in line %d", name, r.Data, r.Problems, tt.rule, tt.line)
		}
	}
}

func TestGuessTheChartOfAFile(t *testing.T) {
	for loaded, want := range map[string]string{
		"image: {repository: r.io/s}\nworkerImage: {repository: r.io/w}\n": "2.7",
		"image: {tag: '1'}\nredis: {host: r}\n":                            "2.7",
		"image: {tag: '1'}\nimageCredentials: {password: x}\n":             "2.7",
		"global: {image: {registry: r.io}}\n":                              "2.8",
		"existingImagePullSecret: x\n":                                     "2.8",
		"global: {image: {registry: r.io}}\nimage: {tag: old}\n":           "2.8",
		"image: {conductorImageName: r.io/s, tag: '1'}\n":                  "3.0",
		"image: {repositorySecretName: x, pullPolicy: Always}\n":           "3.0",
		"image: {tag: '1'}\nconductor: {properties: a}\nclusterName: c\n":  "3.0",
		"image: {tag: '1'}\n":                                              "", // 2.7 and 3.0 read it
		"redis: {host: r}\n":                                               "",
		"image: {typo: '1'}\n":                                             "",
		"":                                                                 "",
		"image: {pullPolicy: ''}":                                          "",
	} {
		got := ""
		guess, keys := convert.Guess(parsed(t, []byte(loaded)), presetstest.Catalog(t).Charts.All())
		if guess != nil {
			got = guess.ID
		}
		if got != want || (guess != nil) != (len(keys) > 0) {
			t.Errorf("%q: got %q by %v, want %q", loaded, got, keys, want)
		}
	}
}

// What both charts have keys for is the same after a conversion there and back, and after a second one to the byte.
func TestConvertThereAndBack(t *testing.T) {
	old, err := os.ReadFile("testdata/convert/own-secret/3.0.yaml")
	if err != nil {
		t.Fatal(err)
	}
	there := converted(t, old, "3.0", "2.8")
	back := converted(t, there.Data, "2.8", "3.0")
	for name, was := range there.Before.Components {
		if is := back.After.Components[name]; is.Image != was.Image || is.PullPolicy != was.PullPolicy ||
			is.PullSecrets[0] != was.PullSecrets[0] {
			t.Errorf("%s: had %v and gets %v", name, was, is)
		}
	}
	again := converted(t, back.Data, "3.0", "2.8")
	if last := converted(t, again.Data, "2.8", "3.0"); !bytes.Equal(last.Data, back.Data) {
		t.Errorf("the second way round changes the file:\n%s\n%s", back.Data, last.Data)
	}
}

func TestConvertOverSeveralChartsKeepsTheImages(t *testing.T) {
	data, err := os.ReadFile("testdata/convert/payments/2.7.yaml")
	if err != nil {
		t.Fatal(err)
	}
	from, want := "2.7", converted(t, data, "2.7", "3.0").Before.Components
	for _, to := range []string{"2.8", "3.0", "2.8", "2.7"} {
		r := converted(t, data, from, to)
		for name, c := range r.After.Components {
			if c.Image != want[name].Image {
				t.Errorf("%s to %s: %s gets %s, want %s", from, to, name, c.Image, want[name].Image)
			}
		}
		data, from = r.Data, to
	}
}

// Chart 3.0 refuses a tag that is a number, which chart 2.7 accepts in the same key.
func TestConvertQuotesATagThatIsANumber(t *testing.T) {
	r := converted(t, []byte("image:\n  tag: 5.10  # ours\nworkerImage: {tag: 5.1}\n"), "2.7", "3.0")
	if want := "image:\n  tag: \"5.1\"  # ours\n"; string(r.Data) != want {
		t.Errorf("got %q, want %q", r.Data, want)
	}
}

// An alias between two keys that are both removed does not prevent the edit.
func TestConvertRemovesAnAliasWithItsAnchor(t *testing.T) {
	r := converted(t, []byte("image: {tag: &tag '1'}\nworkerImage: {tag: *tag}\nz: 1\n"), "2.7", "2.8")
	if want := "z: 1\nglobal:\n  image:\n    tag: \"1\"\n"; string(r.Data) != want {
		t.Errorf("got %q, want %q", r.Data, want)
	}
}

// A pull policy that YAML reads as a boolean is the same boolean under the new chart.
func TestConvertKeepsTheTypeOfAPullPolicy(t *testing.T) {
	r := converted(t, []byte("image: {pullPolicy: 'true'}\n"), "2.7", "3.0")
	if text := problemText(r.Problems); strings.Contains(text, "not-carried: values.yaml:1: image.pullPolicy") {
		t.Error(text)
	}
}

func TestConvertKeepsADigestThatBothImagesShare(t *testing.T) {
	tag := "1@sha256:" + strings.Repeat("a", 64)
	r := converted(t, []byte("global: {image: {tag: \""+tag+"\"}}\n"), "2.8", "3.0")
	if got := r.After.Components["workers"].Image; !strings.HasSuffix(got, ":"+tag) || strings.Contains(problemText(r.Problems), "digest") {
		t.Errorf("got %s\n%s", got, problemText(r.Problems))
	}
}

func TestConvertKeepsLineEndsAndByteOrderMark(t *testing.T) {
	r := converted(t, []byte("\uFEFF# x\r\nimage:\r\n  repository: r.io/s # c\r\n  tag: \"1\"\r\nz: 1\r\n"), "2.7", "3.0")
	if want := "\uFEFF# x\r\nimage:\r\n  conductorImageName: r.io/s # c\r\n  tag: \"1\"\r\nz: 1\r\n"; string(r.Data) != want {
		t.Errorf("got %q, want %q", r.Data, want)
	}
}

func TestConvertShowsNoCredentials(t *testing.T) {
	old, err := os.ReadFile("testdata/convert/two-logins/2.8.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"2.7", "3.0"} {
		r := converted(t, old, "2.8", to)
		for _, text := range []string{problemText(r.Problems), string(r.Data)} {
			if strings.Contains(text, "s3cret") || strings.Contains(text, "robot") {
				t.Errorf("to %s credentials are shown:\n%s", to, text)
			}
		}
	}
}

// Comments stay when their keys go, but for those that this program writes itself; those inside a value that is
// replaced are listed with their lines.
func TestConvertKeepsComments(t *testing.T) {
	r := converted(t, []byte(`# team platform
global:
  # the mirror
  image:
    registry: r.acme.net/orkes # by terraform
    tag: "a #1"   # not before December
# rotates
existingImagePullSecret: regcred
# three
replicas: 3
`), "2.8", "3.0")
	for _, comment := range []string{"# team platform", "# the mirror", "# by terraform", "# not before December", "# rotates", "# three"} {
		if strings.Count(string(r.Data), comment) != 1 {
			t.Errorf("%q is not once in\n%s", comment, r.Data)
		}
	}
	r = converted(t, []byte("existingImagePullSecret: old\nglobal:\n  image:\n    pullSecrets: # two\n      # inside\n      - name: a\n"), "2.8", "2.8")
	if len(r.Data) == 0 || !strings.Contains(string(r.Data), "# inside") {
		t.Errorf("the same chart changes the file:\n%s", r.Data)
	}
}

// A file of several documents is refused; an empty second one is none.
func TestConvertRefusesSeveralDocuments(t *testing.T) {
	r := convert.Convert(parsed(t, []byte("global: {image: {tag: a}}\n---\nglobal: {image: {tag: b}}\n")), profile(t, "2.8"), profile(t, "3.0"))
	if r.Data != nil || len(r.Problems) != 1 || r.Problems[0].Rule != "multi-document" || r.Problems[0].Severity != model.Error {
		t.Errorf("%q, %v", r.Data, r.Problems)
	}
	if r := converted(t, []byte("---\nglobal: {image: {tag: a}}\n---\n# no more\n"), "2.8", "3.0"); len(r.Data) == 0 {
		t.Error("nothing is converted")
	}
}

// FuzzConvert: a file of any bytes is converted or refused; what comes out can be read, and no comment is lost without
// a word.
func FuzzConvert(f *testing.F) {
	inputs, _ := filepath.Glob("testdata/convert/*/*.yaml")
	for _, path := range inputs {
		if data, err := os.ReadFile(path); err == nil {
			f.Add(data)
		}
	}
	f.Add([]byte("a: &x {b: *y}\nimage: # one\n  tag: |\n    # two\n"))
	charts := presetstest.Catalog(f).Charts.All()
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := values.Parse(values.Source{Name: "values.yaml", Data: data})
		if err != nil {
			return
		}
		for _, from := range charts {
			for _, to := range charts {
				r := convert.Convert(file, from, to)
				if r.Data == nil {
					if len(r.Problems.Errors()) == 0 {
						t.Errorf("from %s to %s: no file and no error", from.ID, to.ID)
					}
					continue
				}
				isReported := slices.ContainsFunc(r.Problems, func(p model.Problem) bool { return p.Rule == "comments-removed" })
				if got := len(parsed(t, r.Data).Comments()); from == to && got < len(file.Comments()) && !isReported {
					t.Errorf("from %s to %s: %d comments of %d are left", from.ID, to.ID, got, len(file.Comments()))
				}
			}
		}
	})
}

// TestConvertWithoutKeys converts to a chart that has one component less, and no key for a repository and a tag.
func TestConvertWithoutKeys(t *testing.T) {
	to := *profile(t, "2.8")
	to.ID, to.Components = "2.9", slices.Clone(to.Components[:1])
	to.Components[0].Repository, to.Components[0].Tag = chart.Chain{}, chart.Chain{}
	r := convert.Convert(parsed(t, []byte("image: {repository: r.io/s, tag: '1'}\n")), profile(t, "2.7"), &to)
	text := problemText(r.Problems)
	if r.Data == nil || strings.Contains(text, "nil") || !strings.Contains(text, `the tag of server changes from "1" to ""`) {
		t.Error(text)
	}
}

// The line that names the schema of the old chart to editors names that of the new one.
func TestConvertNamesTheSchemaOfTheNewChart(t *testing.T) {
	charts := presetstest.Catalog(t).Charts
	published := func(id string) *chart.Profile {
		p, err := charts.Release(id)
		if err != nil {
			t.Fatal(err)
		}
		out := *p
		out.ValuesSchemaURL = "https://example.com/" + id + ".schema.json"
		return &out
	}
	for before, after := range map[string]string{
		"# yaml-language-server: $schema=https://example.com/2.7.schema.json\r\n": "# yaml-language-server: $schema=https://example.com/3.0.schema.json\r\n",
		"# yaml-language-server: $schema=https://example.com/mine.json\n":         "# yaml-language-server: $schema=https://example.com/mine.json\n",
	} {
		r := convert.Convert(parsed(t, []byte(before+"image: {tag: a1}\n")), published("2.7"), published("3.0"))
		if !strings.HasPrefix(string(r.Data), after) {
			t.Errorf("%q became %q", before, r.Data)
		}
	}
}
