package lint_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/lint"
	"conductor-registry/ui/report"
)

// TestDocs holds docs/lint to what the table and the fixtures say.
func TestDocs(t *testing.T) {
	fixtures, docs := golden.Open(t, "testdata"), golden.Open(t, "../../docs/lint")
	var index strings.Builder
	index.WriteString(`# Lint rules

Generated from the table of rules (model/lint) and its fixtures by ` + "`make golden`" + `.

A comment on a line, or on a line of its own above it, silences a rule there:
` + "`# conductor-registry:ignore moving-tag`" + `. Above the first key of a file it also silences findings without a line.

| rule | severity | finds | ` + "`--fix`" + ` |
|---|---|---|---|
`)
	for _, rule := range lint.Rules() {
		fmt.Fprintf(&index, "| [%s](%[1]s.md) | %s | %s | %s |\n", rule.ID, rule.Severity, rule.Title,
			map[bool]string{true: "yes"}[rule.Fixable])
		for _, made := range []string{"found.txt", "fixed.yaml"} { // TestEveryRule checks them
			if made == "found.txt" || rule.Fixable {
				fixtures.Input(rule.ID + "/" + made)
			}
		}
		docs.Check(rule.ID+".md", page(t, rule, fixtures.Input(rule.ID+"/bad.yaml"), fixtures.Input(rule.ID+"/good.yaml")))
	}
	docs.Check("README.md", []byte(index.String()))
}

func page(t *testing.T, rule lint.Rule, bad, good []byte) []byte {
	t.Helper()
	in := input(t, "values.yaml", bad)
	own := slices.DeleteFunc(find(t, in), func(f lint.Finding) bool { return f.Rule != rule.ID })
	var printed bytes.Buffer
	if err := report.Lint(&printed, own, in.Sources); err != nil {
		t.Fatal(err)
	}
	fixable := ""
	if rule.Fixable {
		fixable = " `lint --fix` does it where there is one right answer."
	}
	return fmt.Appendf(nil, "# %s\n\n%s (%s).\n\n**Why it matters:** %s.\n\n**How to fix it:** %s.%s\n\nWrong:\n\n```yaml\n%s```\n\n"+
		"`lint` reports:\n\n```\n%s```\n\nRight:\n\n```yaml\n%s```\n", rule.ID, sentence(rule.Title), rule.Severity, rule.Why, rule.Fix,
		fixable, bad, printed.String(), good)
}

// sentence returns the text with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
