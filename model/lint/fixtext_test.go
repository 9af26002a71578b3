package lint_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// typed are the forms of a fix that can be typed: a key and its value.
var (
	assignment = regexp.MustCompile(`([\w.]+(?:\[\d+\])?[\w.]*) to ("[^"]*"|[A-Za-z]+)`)
	writeKey   = regexp.MustCompile(`^write ([\w.]+): ("[^"]*"|\S+?)(?:,|$)`)
	writeValue = regexp.MustCompile(`^write ("[^"]*"|Always|IfNotPresent|Never)`)
	rename     = regexp.MustCompile(`^rename it to ([\w.]+)$`)
)

// editsOf returns the edits that a person makes who reads a fix; none for advice that is not one edit of this file.
func editsOf(f lint.Finding) []values.Change {
	switch fix := f.Fix; {
	case strings.HasPrefix(fix, "set "):
		var out []values.Change
		for _, m := range assignment.FindAllStringSubmatch(fix, -1) {
			keys := strings.Split(strings.TrimPrefix(fix[:strings.Index(fix, m[1])]+m[1], "set "), " and ")
			for _, key := range append(keys[:0:0], keys...) {
				if !strings.Contains(key, " ") {
					out = append(out, values.Change{Path: key, Value: m[2]})
				}
			}
		}
		if f.Rule != "shadowed-by-default" && f.Rule != "image-unparsable" { // the key that is not read goes
			out = append(out, values.Change{Path: f.Path, Remove: true})
		}
		return out
	case writeKey.MatchString(fix):
		m := writeKey.FindStringSubmatch(fix)
		return []values.Change{{Path: m[1], Value: m[2]}}
	case writeValue.MatchString(fix) && !strings.Contains(fix, " and "):
		return []values.Change{{Path: f.Path, Value: writeValue.FindStringSubmatch(fix)[1]}}
	case rename.MatchString(fix):
		_, key := values.CutKey(rename.FindStringSubmatch(fix)[1])
		return []values.Change{{Path: f.Path, Rename: key}}
	case strings.HasPrefix(fix, "remove it"), strings.HasPrefix(fix, "remove the key"), strings.HasPrefix(fix, "remove "+f.Path):
		return []values.Change{{Path: f.Path, Remove: true}}
	}
	return nil
}

// mistakes are values files with one mistake each, besides the fixtures.
func mistakes(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := filepath.Glob("testdata/*/bad.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out[file] = string(data)
	}
	for _, text := range []string{
		"global: {image: {registry: 'oci://R.acme.net/orkes/'}}", "global: {image: {registry: 'fd12:3456::10'}}",
		"global: {image: {registry: 'u:p@r.acme.net/orkes'}}", "global: {image: {registry: ' r.acme.net '}}",
		"global: {image: {registry: hub.docker.com/acme}}", "server: {image: {tag: '\"5.2.42\"'}}", "server: {image: {tag: 5.2.42+build}}",
		"server: {image: {tag: 5.10}}", "global: {image: {tag: 20240101}}", "server: {image: {pullPolicy: if-not-present}}",
		"existingImagePullSecret: [regcred]", "existingImagePullSecret: {name: regcred}", "existingImagePullSecret: 123",
		"customImagePullSecrets: {enabled: 'true', name: c, registries: [{registry: r.io, username: a, password: b, email: c}]}",
		"global: {registry: r.acme.net}", "global: {imageTag: '5.2.42'}", "imagePullPolicy: always", "server: {imagePullSecrets: [{name: a}]}",
		"global: {image: {registry: m.acme.net}}\nserver: {image: {repository: 'n.acme.net:8083/a/b'}}",
		"global: {image: {registry: m.acme.net}}\nserver: {image: {repository: m.acme.net/a/b}}", "redis: {image: {tag: '7'}}",
		"global: {image: {pullPolicy: Always}}", "server: {image: {repository: r.io/MyOrg//s}}", "imageCredentials: {enabled: true}",
	} {
		head := "fullnameOverride: orkes-conductor-server\n"
		if !strings.Contains(text, "existingImagePullSecret") {
			head += "existingImagePullSecret: regcred\n"
		}
		out[text] = head + text + "\n"
	}
	return out
}

// TestFixesCanBeTyped makes what each fix says, and the file has that finding no more, and no new ones.
func TestFixesCanBeTyped(t *testing.T) {
	typedFixes := 0
	for name, text := range mistakes(t) {
		if strings.Contains(name, "multi-document") { // edits are refused
			continue
		}
		before := find(t, input(t, "values.yaml", []byte(text)))
		for _, f := range before {
			edits := editsOf(f)
			if len(edits) == 0 {
				if f.Fixable {
					t.Errorf("%s: --fix does what its text does not say in words that can be typed: %s", name, f.Fix)
				}
				continue
			}
			typedFixes++
			data, problems := values.Apply(values.Source{Name: "values.yaml", Data: []byte(text)}, edits...)
			if problems != nil {
				t.Errorf("%s: %s: %v", name, f.Fix, problems)
				continue
			}
			for _, left := range find(t, input(t, "values.yaml", data)) {
				same := left.Rule == f.Rule && left.Path == f.Path
				if same || left.Severity != "info" && !has(before, left.Rule) {
					t.Errorf("%s: %s\n%s\nthen has %s", name, f.Problem, data, left.Problem)
				}
			}
		}
	}
	if typedFixes < 40 {
		t.Errorf("only %d fixes could be typed", typedFixes)
	}
}

// TestFixIsIdempotent fixes a fixed file again.
func TestFixIsIdempotent(t *testing.T) {
	for name, text := range mistakes(t) {
		once, err := lint.Fix(input(t, "values.yaml", []byte(text)))
		if err != nil {
			t.Fatal(err)
		}
		data := once.Sources[0].Data
		if len(data) == 0 {
			continue
		}
		again, err := lint.Fix(input(t, "values.yaml", data))
		if err != nil || string(again.Sources[0].Data) != string(data) || len(again.Findings) > 0 {
			t.Errorf("%s: a second fix makes\n%s\nof\n%s\n%v", name, again.Sources[0].Data, data, err)
		}
	}
}
