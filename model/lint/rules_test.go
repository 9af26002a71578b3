package lint_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
	"conductor-registry/presets"
	"conductor-registry/presets/presetstest"
)

// input is a values file under a name, for the chart that its first line names; 2.8 when it names none.
func input(t testing.TB, name string, data []byte) lint.Input {
	t.Helper()
	catalog := presetstest.Catalog(t)
	version := "2.8"
	if m := regexp.MustCompile(`^# chart (\S+)\n`).FindSubmatch(data); m != nil {
		version = string(m[1])
	}
	profile, err := catalog.Chart(version)
	if err != nil {
		t.Fatal(err)
	}
	in := lint.Input{Sources: []values.Source{{Name: name, Data: data}}, Profile: profile, Charts: catalog.Charts,
		Registries: catalog.Registries}
	if files, needed := profile.Install.Placeholders(); needed {
		in.Stand = []values.Source{files}
	}
	return in
}

// find is what lint finds; a file that is no YAML is a finding too.
func find(t testing.TB, in lint.Input) []lint.Finding {
	t.Helper()
	result, err := lint.Run(in)
	if syntax, ok := errors.AsType[*values.ParseError](err); ok {
		return []lint.Finding{lint.Syntax(syntax)}
	}
	if err != nil {
		t.Fatal(err)
	}
	return result.Findings
}

func has(findings []lint.Finding, rule string) bool {
	for _, f := range findings {
		if f.Rule == rule {
			return true
		}
	}
	return false
}

// Every rule finds its bad fixture, at the lines that its golden has, and not its good one. What it mends becomes the
// golden file beside it, and is mended then.
func TestEveryRule(t *testing.T) {
	folder := golden.Open(t, "testdata")
	for _, rule := range lint.Rules() {
		bad := input(t, "values.yaml", folder.Input(rule.ID+"/bad.yaml"))
		found := find(t, bad)
		if !has(found, rule.ID) {
			t.Errorf("%s is not found in its bad fixture", rule.ID)
		}
		folder.Check(rule.ID+"/found.txt", []byte(listed(found)))
		if clean := find(t, input(t, "values.yaml", folder.Input(rule.ID+"/good.yaml"))); has(clean, rule.ID) {
			t.Errorf("%s is found in its good fixture:\n%s", rule.ID, listed(clean))
		}
		mends := slices.ContainsFunc(found, func(f lint.Finding) bool { return f.Rule == rule.ID && f.Fixable })
		if mends != rule.Mends {
			t.Errorf("%s says that it mends: %t, and in its fixture: %t", rule.ID, rule.Mends, mends)
		}
		if !rule.Mends {
			continue
		}
		mended, err := lint.Fix(bad)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(mended.Left.Findings, func(f lint.Finding) bool { return f.Fixable }) {
			t.Errorf("%s: something is left to mend:\n%s", rule.ID, mended.Sources[0].Data)
		}
		folder.Check(rule.ID+"/fixed.yaml", mended.Sources[0].Data)
	}
}

func listed(findings []lint.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s [%s, %s]\n", f.Problem, f.Severity, f.Rule)
	}
	return b.String()
}

// Every rule says what a person needs, once, and every rule that a chart's profile or the resolver names is in the table.
func TestTheTable(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range lint.Rules() {
		if seen[rule.ID] || rule.Title == "" || rule.Why == "" || rule.Fix == "" || rule.Severity == "" {
			t.Errorf("%s is there twice, or lacks a text", rule.ID)
		}
		seen[rule.ID] = true
	}
	charts, err := presets.Charts()
	if err != nil {
		t.Fatal(err)
	}
	for _, profile := range charts {
		for _, trap := range profile.Traps {
			if rule, ok := lint.Find(trap.Rule); !ok || string(rule.Severity) != trap.Severity {
				t.Errorf("chart %s: the trap of %v has the rule %s %s: %v", profile.ID, trap.Paths, trap.Rule, trap.Severity, ok)
			}
		}
	}
	code, err := os.ReadFile("resolution.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`Rule: "([^"]+)"|Rule = "([^"]+)"`).FindAllStringSubmatch(string(code), -1) {
		if !seen[m[1]+m[2]] {
			t.Errorf("the resolver's rule %s is not in the table", m[1]+m[2])
		}
	}
}
