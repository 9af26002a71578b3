package report_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"conductor-registry/model/lint"
	"conductor-registry/model/redact"
	"conductor-registry/model/values"
	"conductor-registry/ui/report"
)

// What JUnit prints holds to our schema of the format, with and without findings, and has a case for each finding.
func TestJUnitHoldsToItsSchema(t *testing.T) {
	text, err := os.ReadFile("testdata/junit.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := schemaOf(t, bytes.NewReader(text))
	for _, found := range [][]lint.Finding{findings(), nil} {
		var b bytes.Buffer
		if err := report.JUnit(&b, found, []values.Source{{Name: "values.yaml"}}, redact.Visible); err != nil {
			t.Fatal(err)
		}
		if cases := strings.Count(b.String(), "<testcase "); cases != max(1, len(found)) {
			t.Errorf("%d cases for %d findings:\n%s", cases, len(found), b.String())
		}
		if err := schema.Validate(elements(t, b.Bytes())); err != nil {
			t.Errorf("%v\n%s", err, b.String())
		}
	}
}

// Secrets are masked before the text is escaped: behind &lt; nobody would recognise them.
func TestJUnitMasksBeforeItEscapes(t *testing.T) {
	found := []lint.Finding{{}}
	found[0].Rule, found[0].Severity, found[0].Summary = "moving-tag", "warning", "the tag is a<b"
	var b bytes.Buffer
	err := report.JUnit(&b, found, nil, func(text string) string { return strings.ReplaceAll(text, "a<b", "***") })
	if err != nil || strings.Contains(b.String(), "a&lt;b") || strings.Contains(b.String(), "a<b") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

// elements returns the root element of an XML document as JSON has it: name, attributes, children and text.
func elements(t *testing.T, document []byte) any {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(document))
	root := map[string]any{"children": []any{}}
	open := []map[string]any{root}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return root["children"].([]any)[0]
		}
		if err != nil {
			t.Fatal(err)
		}
		parent := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			attributes := map[string]any{}
			for _, a := range token.Attr {
				attributes[a.Name.Local] = a.Value
			}
			open = append(open, map[string]any{"name": token.Name.Local, "attributes": attributes, "children": []any{}, "text": ""})
		case xml.CharData:
			if len(open) > 1 {
				parent["text"] = strings.TrimSpace(parent["text"].(string) + string(token))
			}
		case xml.EndElement:
			open = open[:len(open)-1]
			above := open[len(open)-1]
			above["children"] = append(above["children"].([]any), parent)
		}
	}
}
