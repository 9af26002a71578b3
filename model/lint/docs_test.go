package lint_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/lint"
	"conductor-registry/ui/report"
)

// TestDocs keeps docs/lint what the table and the fixtures say.
func TestDocs(t *testing.T) {
	fixtures, docs := golden.Open(t, "testdata"), golden.Open(t, "../../docs/lint")
	var index strings.Builder
	index.WriteString(`# Rules of lint

Made from the table of rules (model/lint) and its fixtures; ` + "`make golden`" + ` makes it again.

A comment on a line, or on a line of its own above it, silences a rule there:
` + "`# conductor-registry:ignore moving-tag`" + `. Before the first key of a file it is also for findings without a line.

| rule | severity | what is wrong | ` + "`--fix`" + ` |
|---|---|---|---|
`)
	for _, rule := range lint.Rules() {
		fmt.Fprintf(&index, "| [%s](%[1]s.md) | %s | %s | %s |\n", rule.ID, rule.Severity, rule.Title,
			map[bool]string{true: "mends it"}[rule.Fixable])
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
	found := find(t, in)
	own := found[:0]
	for _, f := range found {
		if f.Rule == rule.ID {
			own = append(own, f)
		}
	}
	var said bytes.Buffer
	if err := report.Lint(&said, own, in.Sources); err != nil {
		t.Fatal(err)
	}
	mends := ""
	if rule.Fixable {
		mends = " `lint --fix` does it where there is one right answer."
	}
	return fmt.Appendf(nil, "# %s\n\n%s (%s).\n\n**Why it matters:** %s.\n\n**How to mend it:** %s.%s\n\nWrong:\n\n```yaml\n%s```\n\n"+
		"`lint` says:\n\n```\n%s```\n\nRight:\n\n```yaml\n%s```\n", rule.ID, sentence(rule.Title), rule.Severity, rule.Why, rule.Fix, mends,
		bad, said.String(), good)
}

// sentence begins with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
