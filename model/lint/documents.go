package lint

import (
	"cmp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
	"conductor-registry/model/values"
)

const multiDocument = "multi-document"

// notYAML returns the finding for a file that cannot be parsed, or is not a values file.
func notYAML(e *values.ParseError) Finding {
	id := "yaml-syntax"
	if e.IsOther {
		id = "not-values"
	}
	rule, _ := Find(id)
	return Finding{Problem: model.Problem{Rule: rule.ID, Severity: rule.Severity, File: e.File, Line: e.Line,
		Summary: e.Reason, Why: rule.Why, Fix: cmp.Or(e.Hint, rule.Fix)}}
}

func (c *checker) checkDocuments() {
	for _, f := range c.files {
		line := f.SecondDocument()
		switch {
		case line == 0:
		case f.Root().Kind == 0:
			c.report(found{at: place{f.name, line}, rule: multiDocument, fix: "remove the line ---",
				summary: "the first document is empty, and Helm 3 reads only that one: it ignores all of these values"})
		default:
			c.report(found{rule: multiDocument, at: place{f.name, line}})
		}
	}
}

// checkDirectives reports what stands before the line --- at the start of a file, such as %YAML 1.1.
func (c *checker) checkDirectives() {
	for _, f := range c.files {
		for number, line := range f.lines() {
			if strings.HasPrefix(line, "%") {
				c.report(found{rule: "yaml-directive", at: place{f.name, number}, facts: facts{"text": line}})
			} else if strings.TrimSpace(line) != "" && line[0] != '#' {
				break
			}
		}
	}
}

func (c *checker) checkDuplicateKeys() {
	type keyIn struct {
		table *yaml.Node
		key   string
	}
	for _, f := range c.files {
		seen := map[keyIn]int{}
		for at := range f.entries() {
			key := keyIn{at.table, values.KeyName(at.key)}
			if first := seen[key]; first > 0 {
				c.report(found{rule: "duplicate-key", path: at.path, at: place{f.name, at.key.Line},
					facts: facts{"key": at.key.Value, "line": strconv.Itoa(first)}})
			}
			seen[key] = at.key.Line
		}
	}
}

// checkUnreadValues names the values that an object takes from elsewhere.
func (c *checker) checkUnreadValues() {
	for _, f := range c.files {
		for _, at := range f.Unread {
			c.report(found{rule: "values-elsewhere", path: at.Path, at: place{f.name, at.Line}})
		}
	}
}
