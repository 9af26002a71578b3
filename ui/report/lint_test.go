package report_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"conductor-registry/golden"
	"conductor-registry/model"
	"conductor-registry/model/lint"
	"conductor-registry/model/redact"
	"conductor-registry/model/values"
	"conductor-registry/ui/report"
)

// findings are of each severity, with a place and without, and with characters that the formats escape.
func findings() []lint.Finding {
	find := func(rule string, severity model.Severity, file string, line int, summary string) lint.Finding {
		return lint.Finding{Problem: model.Problem{Rule: rule, Severity: severity, File: file, Line: line, Path: "global.image.tag",
			Summary: summary, Why: "nodes may run\ndifferent builds", Fix: "use <a> fixed & \"quoted\" tag: 100%"}, Fixable: line > 0}
	}
	return []lint.Finding{
		find("moving-tag", model.Warning, "a b/values, prod:1.yaml", 2, "the tag latest moves"),
		find("moving-tag", model.Warning, "", 0, "the tag latest moves"),
		find("secret-not-named", model.Info, "values.yaml", 0, "no pull secret is named"),
		find("tag-retyped", model.Error, "values.yaml", 3, "YAML makes 5.1 of the tag 5.10"),
	}
}

func TestLint(t *testing.T) {
	folder := golden.Open(t, "../../golden/lint")
	sources := []values.Source{
		{Name: "values.yaml", Data: []byte("global:\n  image:\r\n    tag: 5.10\n")},
		{Name: "a b/values, prod:1.yaml", Data: []byte("\nx: {token: abc, tag: latest}\n")},
	}
	var text, github, log, quality, junit bytes.Buffer
	for _, err := range []error{
		report.Lint(&text, findings(), sources), report.GitHub(&github, findings()), report.SARIF(&log, "v1.2.3", noPage, findings()),
		report.CodeQuality(&quality, findings()), report.JUnit(&junit, findings(), sources, redact.Visible),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	folder.Check("text.txt", text.Bytes())
	folder.Check("github.txt", github.Bytes())
	folder.Check("log.sarif", log.Bytes())
	folder.Check("codequality.json", quality.Bytes())
	folder.Check("junit.xml", junit.Bytes())
}

// What is printed for other programs holds to their schemas, with and without findings. OASIS wrote that of SARIF; those
// of GitLab and JUnit are ours.
func TestReportsHoldToTheirSchemas(t *testing.T) {
	forSARIF := schemaOf(t, strings.NewReader(sarifSchema(t)))
	gitLab, err := os.ReadFile("testdata/codequality.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	forGitLab := schemaOf(t, bytes.NewReader(gitLab))
	for _, found := range [][]lint.Finding{findings(), nil} {
		var log, quality bytes.Buffer
		for _, err := range []error{
			report.SARIF(&log, "v1.2.3", examplePage, found), report.CodeQuality(&quality, found),
			forSARIF.Validate(fromJSON(t, log.Bytes())), forGitLab.Validate(fromJSON(t, quality.Bytes())),
		} {
			if err != nil {
				t.Error(err)
			}
		}
		var read sarif.Report
		if err := json.Unmarshal(log.Bytes(), &read); err != nil || len(read.Runs[0].Results) != len(found) {
			t.Errorf("%v, read back of %d findings: %d", err, len(found), len(read.Runs[0].Results))
		}
	}
}

func schemaOf(t *testing.T, text io.Reader) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func fromJSON(t *testing.T, data []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// examplePage returns addresses as a project with a URL has them.
func examplePage(file string) string { return "https://example.com/project/blob/main/" + file }

// noPage returns no address, as a project without a URL.
func noPage(string) string { return "" }

// Without a URL of the project, no rule has a help address.
func TestSARIFNamesPagesOfRules(t *testing.T) {
	for address, page := range map[string]func(string) string{"": noPage,
		"https://example.com/project/blob/main/docs/lint/moving-tag.md": examplePage} {
		var log bytes.Buffer
		if err := report.SARIF(&log, "v1.2.3", page, findings()); err != nil {
			t.Fatal(err)
		}
		if has := strings.Contains(log.String(), "helpUri"); has != (address != "") || !strings.Contains(log.String(), address) {
			t.Errorf("page %q: %s", address, log.String())
		}
	}
}

// A finding keeps its fingerprint when it moves to another line, and equal findings have fingerprints of their own.
func TestFingerprints(t *testing.T) {
	prints := func(lines ...int) (out []string) {
		var found []lint.Finding
		for _, line := range lines {
			found = append(found, lint.Finding{Problem: model.Problem{Rule: "moving-tag", File: "values.yaml", Line: line}})
		}
		var b bytes.Buffer
		if err := report.CodeQuality(&b, found); err != nil {
			t.Fatal(err)
		}
		var read []struct{ Fingerprint string }
		if err := json.Unmarshal(b.Bytes(), &read); err != nil {
			t.Fatal(err)
		}
		for _, r := range read {
			out = append(out, r.Fingerprint)
		}
		return out
	}
	before, after := prints(3, 9), prints(4, 10)
	if !slices.Equal(before, after) || before[0] == before[1] {
		t.Errorf("%q, after the lines moved %q", before, after)
	}
}

// sarifSchema returns OASIS's schema, which the library has as a constant of its own and does not export.
func sarifSchema(t *testing.T) string {
	t.Helper()
	folder, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.Dir}}", reflect.TypeFor[sarif.Report]().PkgPath()).Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(folder)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	schema := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if text, ok := n.(*ast.BasicLit); ok && schema == "" {
			schema, err = strconv.Unquote(text.Value)
		}
		return schema == ""
	})
	if err != nil || !strings.Contains(schema, "SARIF) Version 2.1.0") {
		t.Fatal("no schema found", err)
	}
	return schema
}
