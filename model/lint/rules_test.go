package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"

	"conductor-registry/presets/presetstest"
)

// input returns a values file under a name, for the chart that its first line names; 2.8 when it names none.
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
	return lint.Input{Sources: []values.Source{{Name: name, Data: data}}, Profile: profile, Charts: catalog.Charts.All(),
		Registries: catalog.Registries}
}

func find(t testing.TB, in lint.Input) []lint.Finding {
	t.Helper()
	result, err := lint.Check(in)
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

// Every rule finds its bad fixture, at the lines that its golden has, and not its good one. What it fixes becomes the
// golden file beside it, and breaks no rule that it did not break before.
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
		fixable := slices.ContainsFunc(found, func(f lint.Finding) bool { return f.Rule == rule.ID && f.Fixable })
		if fixable != rule.Fixable {
			t.Errorf("%s says that it is fixable: %t, and in its fixture: %t", rule.ID, rule.Fixable, fixable)
		}
		if !rule.Fixable {
			continue
		}
		fixed, err := lint.Fix(bad)
		if err != nil {
			t.Fatal(err)
		}
		for _, left := range fixed.Left.Findings {
			if left.Fixable || left.Severity != model.Info && !has(found, left.Rule) {
				t.Errorf("%s: after the fix there is %s:\n%s", rule.ID, left.Problem, fixed.Sources[0].Data)
			}
		}
		folder.Check(rule.ID+"/fixed.yaml", fixed.Sources[0].Data)
	}
}

func listed(findings []lint.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s [%s, %s]\n", f.Problem, f.Severity, f.Rule)
	}
	return b.String()
}

// Every rule has its words once, and every rule that a check or a chart's profile names is in the table.
func TestTheTable(t *testing.T) {
	rules, err := lint.Table()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, rule := range rules {
		if seen[rule.ID] || rule.Title == "" || rule.Why == "" || rule.Fix == "" || rule.Severity == "" {
			t.Errorf("%s is there twice, or lacks a text", rule.ID)
		}
		seen[rule.ID] = true
	}
	charts := presetstest.Catalog(t).Charts.All()
	for _, profile := range charts {
		for _, trap := range profile.Traps {
			if rule, ok := lint.Find(trap.Rule); !ok || string(rule.Severity) != trap.Severity {
				t.Errorf("chart %s: the trap of %v has the rule %s %s: %v", profile.ID, trap.Paths, trap.Rule, trap.Severity, ok)
			}
		}
		for _, advice := range profile.Advice {
			if !seen[advice.Rule] {
				t.Errorf("chart %s: the advice of %v has the unknown rule %s", profile.ID, advice.Paths, advice.Rule)
			}
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`found\{rule: "([^"]+)"`).FindAllStringSubmatch(string(code), -1) {
			if !seen[m[1]] {
				t.Errorf("%s: the rule %s is not in the table", file, m[1])
			}
		}
	}
}
