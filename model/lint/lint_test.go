package lint_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// What the program writes itself has no errors, and no warnings but those that its plan reports too.
func TestWhatIsWrittenIsClean(t *testing.T) {
	planned := []string{"moving-tag", "secret-expires"}
	c := presetstest.Catalog(t)
	for _, s := range presetstest.Scenarios(t, c) {
		data := presetstest.Plan(t, c, s.Answers).Environments[0].Values
		in := input(t, s.Name, append([]byte("# chart "+s.Chart+"\n"), data...))
		in.Sources[0].Data = data
		for _, f := range find(t, in) {
			if f.Severity != model.Info && !slices.Contains(planned, f.Rule) {
				t.Errorf("%s [%s]", f.Problem, f.Rule)
			}
		}
	}
}

// Lines are those of the file that has the key, whatever comes before it and however it ends its lines.
func TestLinesAreExact(t *testing.T) {
	const marked = "server:\n  image:\n    tag: 5.10 #HERE\n"
	for name, text := range map[string]string{
		"plain": marked, "comments": "# a\n\n# b\n" + marked, "mark": "\uFEFF" + marked, "begin": "---\n" + marked,
		"crlf": strings.ReplaceAll("# a\n"+marked, "\n", "\r\n"), "no end": strings.TrimSuffix(marked, "\n"),
		"block": "x: |\n  tag: 5.10\n\n  y\n" + marked, "wide": "x: '日本'\n" + marked,
		"anchors": "x: &x {a: 1}\ny: *x\n" + marked, "twice": "server: {image: {tag: 5.10}}\n" + marked,
	} {
		before, _, _ := strings.Cut(text, "#HERE")
		want := strings.Count(before, "\n") + 1
		at := 0
		for _, f := range find(t, input(t, name, []byte(text))) {
			if f.Rule == "tag-retyped" {
				at = f.Line
			}
		}
		if at != want {
			t.Errorf("%s: line %d, want %d", name, at, want)
		}
	}
}

// Findings of several files name the file that has the key, and come in the order of the files.
func TestSeveralFiles(t *testing.T) {
	in := input(t, "base.yaml", []byte("global:\n  image:\n    registry: https://r.io\n    tag: latest\n"))
	in.Sources = append(in.Sources, values.Source{Name: "values-prod.yaml", Data: []byte("\nglobal:\n  image:\n    registry: r.io/\n")},
		values.Source{Name: "last.yaml", Data: []byte("server: {image: {pullPolicy: Always}}\nworkers: {image: {pullPolicy: Always}}\n")})
	var got []string
	for _, f := range find(t, in) {
		if f.Severity != model.Info {
			got = append(got, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Rule))
		}
	}
	want := []string{"base.yaml:4 moving-tag", "values-prod.yaml:4 registry-slash"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A comment silences its rule at its line or at the next line of values, and no other.
func TestIgnore(t *testing.T) {
	const file = "global:\n  image:\n%s    tag: latest%s\n    registry: https://r.io\n"
	for _, test := range []struct{ above, behind, left string }{
		{"", "", "moving-tag registry-scheme"},
		{"", " # conductor-registry:ignore moving-tag", "registry-scheme"},
		{"    # conductor-registry:ignore moving-tag\n", "", "registry-scheme"},
		{"    # conductor-registry:ignore moving-tag\n\n    # for the demo\n", "", "registry-scheme"},
		{"    #conductor-registry:ignore other-chart-key, moving-tag\n", "", "registry-scheme"},
		{"    # conductor-registry:ignore registry-scheme\n", "", "moving-tag registry-scheme"},
		{"", "# conductor-registry:ignore moving-tag", "registry-scheme"}, // part of the tag, which then does not move
	} {
		var left []string
		for _, f := range find(t, input(t, "values.yaml", fmt.Appendf(nil, file, test.above, test.behind))) {
			if f.Severity != model.Info && f.Rule != "image-unparsable" {
				left = append(left, f.Rule)
			}
		}
		slices.Sort(left)
		if strings.Join(left, " ") != test.left {
			t.Errorf("%q %q leaves %q", test.above, test.behind, left)
		}
	}
	about := "# conductor-registry:ignore secret-not-named workers-find-no-server\nglobal: {image: {registry: r.io}}\n"
	if found := find(t, input(t, "values.yaml", []byte(about))); len(found) > 0 {
		t.Errorf("a comment before the first key: %s", listed(found))
	}
}

// Fix touches no other byte, and what is fixed stays so.
func TestFixTouchesNothingElse(t *testing.T) {
	const before = "# ours\r\nglobal:   # all\r\n  image: {tag: 5.10, registry: 'https://r.io/'} # x\r\n\r\nredis:\r\n    host:  \"a\"\r\n"
	const after = "# ours\r\nglobal:   # all\r\n  image: {tag: \"5.10\", registry: \"r.io\"} # x\r\n\r\nredis:\r\n    host:  \"a\"\r\n"
	in := input(t, "values.yaml", []byte(before))
	fixed, err := lint.Fix(in)
	if err != nil || string(fixed.Sources[0].Data) != after || len(fixed.Findings) != 2 || !fixed.Changed(in.Sources[0]) {
		t.Fatalf("%v, %q, %v", err, fixed.Sources[0].Data, fixed.Findings)
	}
	again, err := lint.Fix(input(t, "values.yaml", []byte(after)))
	if err != nil || len(again.Findings) != 0 {
		t.Errorf("%v, %v", err, again.Findings)
	}
}

// What an edit cannot reach is unchanged and stays a finding.
func TestFixLeavesAliases(t *testing.T) {
	const file = "x: &x https://r.io\nglobal: {image: {registry: *x}}\n"
	fixed, err := lint.Fix(input(t, "values.yaml", []byte(file)))
	if err != nil || string(fixed.Sources[0].Data) != file || !has(fixed.Left.Findings, "registry-scheme") {
		t.Errorf("%v, %q, %v", err, fixed.Sources[0].Data, fixed.Left.Findings)
	}
}

// A password is in no finding.
func TestPasswordsAreNotShown(t *testing.T) {
	const canary = "c4n4ry"
	for _, text := range []string{
		"imageCredentials: {username: u, password: \"%s\"}\n", "imageCredentials:\n  password: '%s'\n  enabled: false\n",
		"imageCredentials: {enabled: false, password: %s}\n", "redis: {password: [%s]}\n", "postgres: {\"password\" : %s, port: x}\n",
		"security: {jwt: {secret: %s}, auth0: {clientSecret: %s}, enabled: [1]}\n", "workers: {auth: {accessKeySecret: \"a\\\"%s\"}, nme: x}\n",
		"customImagePullSecrets: {enabled: true, registries: [{registry: R.io, password: %s}]}\nglobal: {image: {registry: r.io}}\n",
		"imageCredentials:\n  password: \"%s\\\"\"\n",
	} {
		data := []byte(strings.ReplaceAll(text, "%s", canary))
		found := find(t, input(t, "values.yaml", data))
		if len(found) == 0 {
			t.Errorf("nothing found in %s", text)
		}
		for _, f := range found {
			if said := f.String() + f.Why; strings.Contains(said, canary) {
				t.Errorf("%s\nsays %s", text, said)
			}
		}
	}
}

// BenchmarkLint looks at a thousand files. It fails when that takes a second.
func BenchmarkLint(b *testing.B) {
	data, err := os.ReadFile("testdata/login-missing/bad.yaml")
	if err != nil {
		b.Fatal(err)
	}
	in := input(b, "values.yaml", data)
	find(b, in) // decodes the chart's rules, once
	for b.Loop() {
		for range 1000 {
			find(b, in)
		}
	}
	if each := b.Elapsed().Seconds() / float64(b.N); each > 1 {
		b.Errorf("a thousand files take %.2f s", each)
	}
}
