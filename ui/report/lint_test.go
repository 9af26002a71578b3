package report_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"conductor-registry/golden"
	"conductor-registry/model"
	"conductor-registry/model/lint"
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
	var text, github, log bytes.Buffer
	for _, err := range []error{
		report.Lint(&text, findings(), sources), report.GitHub(&github, findings()), report.SARIF(&log, "v1.2.3", findings()),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	folder.Check("text.txt", text.Bytes())
	folder.Check("github.txt", github.Bytes())
	folder.Check("log.sarif", log.Bytes())
}

// What SARIF prints holds to the schema of SARIF 2.1.0, with and without findings.
func TestSARIFHoldsToItsSchema(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(sarifSchema(t)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("sarif.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range [][]lint.Finding{findings(), nil} {
		var log bytes.Buffer
		if err := report.SARIF(&log, "v1.2.3", found); err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(log.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Error(err)
		}
		var read sarif.Report
		if err := json.Unmarshal(log.Bytes(), &read); err != nil || len(read.Runs[0].Results) != len(found) {
			t.Errorf("%v, read back of %d findings: %d", err, len(found), len(read.Runs[0].Results))
		}
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
