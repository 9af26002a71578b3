package lint

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
	"conductor-registry/model/values"
)

const multiDocument = "multi-document"

// notYAML returns the finding for a file that cannot be parsed.
func notYAML(e *values.ParseError) Finding {
	rule, _ := Find("yaml-syntax")
	return Finding{Problem: model.Problem{Rule: rule.ID, Severity: rule.Severity, File: e.File, Line: e.Line,
		Summary: e.Reason, Why: rule.Why, Fix: rule.Fix}}
}

func (c *checker) checkDocuments() {
	for _, f := range c.files {
		line := f.secondDocument()
		switch {
		case line == 0:
		case f.root.Kind == 0:
			c.report(found{at: place{f.name, line}, rule: multiDocument, fix: "remove the line ---", summary: "the first document is empty, " +
				"and Helm 3 reads only that one: it ignores all of these values"})
		default:
			c.report(found{rule: multiDocument, at: place{f.name, line}})
		}
	}
}

// secondDocument returns the line of the --- that starts a second document with content; 0 if there is none.
func (f *file) secondDocument() int {
	hasContent, divider := false, 0
	for number, line := range f.lines() {
		rest, isMarker := strings.CutPrefix(strings.TrimPrefix(line, "\uFEFF"), "---")
		isMarker = isMarker && (rest == "" || strings.ContainsAny(rest[:1], " \t"))
		content := strings.TrimSpace(line)
		if isMarker {
			content = strings.TrimSpace(rest)
		}
		switch {
		case isMarker && hasContent && divider == 0:
			divider = number
		case isMarker:
			hasContent = true
		}
		if content == "" || strings.HasPrefix(content, "#") || content == "..." {
			continue
		}
		if hasContent = true; divider > 0 {
			return divider
		}
	}
	return 0
}

func (c *checker) checkDuplicateKeys() {
	type keyIn struct {
		table *yaml.Node
		key   string
	}
	for _, f := range c.files {
		seen := map[keyIn]int{}
		for at := range f.entries() {
			key := keyIn{at.table, at.key.Value}
			if first := seen[key]; first > 0 {
				c.report(found{rule: "duplicate-key", path: at.path, at: place{f.name, at.key.Line},
					facts: facts{"key": at.key.Value, "line": strconv.Itoa(first)}})
			}
			seen[key] = at.key.Line
		}
	}
}
