package presets

import (
	"os"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
)

func TestProjectHasNoAddressWithoutAURL(t *testing.T) {
	p, err := ReadProject()
	if err != nil {
		t.Fatal(err)
	}
	if p.URL == "" && p.Page("docs/lint/moving-tag.md") != "" {
		t.Errorf("page %q without a URL", p.Page("docs/lint/moving-tag.md"))
	}
	p, err = DecodeProject("project.yaml", []byte("url: https://github.com/example/conductor-registry\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.Page("docs/lint/moving-tag.md"),
		"https://github.com/example/conductor-registry/blob/main/docs/lint/moving-tag.md"; got != want {
		t.Errorf("page %s, want %s", got, want)
	}
	for text, want := range map[string]string{
		"url: http://example.com/x\n":     "must be like",
		"url: https://example.com/x/\n":   "must be like",
		"url: github.com/example/x\n":     "must be like",
		"urls: https://example.com/x/y\n": "urls",
	} {
		if _, err := DecodeProject("project.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}

// With a URL, generated values files and answers files name their schema for editors. Each address is a file in docs.
func TestGeneratedFilesNameTheirSchema(t *testing.T) {
	known, err := readIndex()
	if err != nil {
		t.Fatal(err)
	}
	project, err := DecodeProject("project.yaml", []byte("url: https://github.com/example/conductor-registry\n"))
	if err != nil {
		t.Fatal(err)
	}
	known.Schemas = project.Schemas()
	catalog, err := newFiles(known).catalog(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, chart := range catalog.Charts.IDs() {
		for under, names := range map[string]bool{"": true, "conductor": false} {
			a := answers.New()
			a.Set("chart", chart)
			a.Set("registry.provider", "quay")
			a.Set("registry.namespace", "myorg")
			if under != "" {
				a.Set("under", under)
			}
			p, problems := plan.Build(catalog, a, "answers.yaml")
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			checkSchemaLine(t, p.Environments[0].Values, "values/"+chart, names)
		}
	}
	checkSchemaLine(t, answers.New().EncodeWith(catalog.SchemaURL), "answers", true)
	checkSchemaLine(t, answers.New().Encode(), "answers", false)
}

// checkSchemaLine checks whether the first line of a file names a schema, and that the schema exists in docs.
func checkSchemaLine(t *testing.T, data []byte, name string, named bool) {
	t.Helper()
	file := "docs/" + name + ".schema.json"
	line := "# yaml-language-server: $schema=https://github.com/example/conductor-registry/raw/main/" + file
	if first, _, _ := strings.Cut(string(data), "\n"); (first == line) != named || strings.Contains(string(data), "$schema") != named {
		t.Errorf("%s: want the line: %t, got:\n%s", name, named, data)
	}
	if _, err := os.Stat("../" + file); err != nil {
		t.Error(err)
	}
}
