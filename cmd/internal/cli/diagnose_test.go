package cli

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"

	"conductor-registry/golden"
	"conductor-registry/model/diagnose"
)

const states = "../../../golden/diagnose"

// stateCanary is part of every password of the states.
const stateCanary = "s3cr3t-canary"

// canaries returns the forms of stateCanary: as text, and in base64 at the three possible offsets.
func canaries() []string {
	return []string{stateCanary, "czNjcjN0LWNhbmFye", "MzY3IzdC1jYW5hcn", "zM2NyM3QtY2FuYXJ5"}
}

// Each state is a list as kubectl prints it; diagnose must print the golden report.
func TestDiagnoseGivesTheGoldenFiles(t *testing.T) {
	folder := golden.Open(t, states)
	files, _ := filepath.Glob(states + "/*.json")
	if len(files) < 15 {
		t.Fatalf("only %d states", len(files))
	}
	seen := map[string]bool{}
	for _, file := range files {
		name := filepath.Base(file)
		folder.Input(name)
		code, out, said := run("diagnose", "--from", file)
		folder.Check(strings.TrimSuffix(name, ".json")+".txt", []byte(out))
		jsonCode, document, _ := run("diagnose", "--from", file, "-o", "json")
		var report diagnosed
		if err := json.Unmarshal([]byte(document), &report); err != nil || jsonCode != code || said != "" {
			t.Errorf("%s: %v, exit codes %d and %d, %s", name, err, code, jsonCode, said)
		}
		wrong := slices.ContainsFunc(report.Problems, func(f diagnose.Finding) bool { return f.Severity != "info" })
		if (code == exitRefused) != wrong || code != exitOK && code != exitRefused {
			t.Errorf("%s: exit code %d", name, code)
		}
		for _, f := range report.Problems {
			seen[f.Rule] = true
			for _, step := range f.Steps {
				areShell(t, name, step.Commands)
			}
		}
		if hole := regexp.MustCompile(`\{[a-z ]+\}|\(\)|\.\.$`).FindString(document); hole != "" {
			t.Errorf("%s: %q is left in\n%s", name, hole, document)
		}
		areShell(t, name, report.PullTest)
		keepsSecrets(t, name, out, document)
	}
	causes, err := diagnose.Causes()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range causes {
		if !seen[cmp.Or(c.Rule, c.ID)] && c.ID != "values-not-installed" { // which needs values beside the state: see the script
			t.Errorf("no state has the cause %s", c.ID)
		}
	}
}

// areShell checks that bash and POSIX shells can parse the lines.
func areShell(t *testing.T, name string, lines []string) {
	t.Helper()
	for _, line := range lines {
		for _, variant := range []syntax.LangVariant{syntax.LangPOSIX, syntax.LangBash} {
			if _, err := syntax.NewParser(syntax.Variant(variant)).Parse(strings.NewReader(line), name); err != nil {
				t.Errorf("%s: %v in %s", name, err, line)
			}
		}
	}
}

func keepsSecrets(t *testing.T, name string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		for _, secret := range canaries() {
			if strings.Contains(text, secret) {
				t.Errorf("%s: a password shows:\n%s", name, text)
			}
		}
	}
}

// What --save writes gives the same report as the cluster, and contains no password.
func TestSavedStatesSayTheSame(t *testing.T) {
	files, _ := filepath.Glob(states + "/*.json")
	held := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), stateCanary) {
			held++
		}
		state, err := diagnose.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		saved, err := state.Save()
		if err != nil {
			t.Fatal(err)
		}
		keepsSecrets(t, file, string(saved))
		copied := filepath.Join(t.TempDir(), "state.json")
		if err := os.WriteFile(copied, saved, 0o600); err != nil {
			t.Fatal(err)
		}
		_, want, _ := run("diagnose", "--from", file, "-o", "json")
		if _, got, said := run("diagnose", "--from", copied, "-o", "json"); got != want {
			t.Errorf("%s: what was saved says\n%s%s\nthe state says\n%s", file, said, got, want)
		}
	}
	if held < 10 {
		t.Errorf("only %d states hold a password", held)
	}
}

// Text of a cluster cannot control the terminal.
func TestDiagnoseKeepsControlCharactersOut(t *testing.T) {
	state, err := os.ReadFile(states + "/unscheduled.json")
	if err != nil {
		t.Fatal(err)
	}
	hostile := strings.ReplaceAll(string(state), "Insufficient memory", `Insufficient \u001b]0;owned\u0007\u001b[31m\r memory`)
	file := filepath.Join(t.TempDir(), "state.json")
	if err := os.WriteFile(file, []byte(hostile), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, out, said := run("diagnose", "--from", file); !strings.Contains(out, "Insufficient") || strings.ContainsAny(out+said, "\x1b\x07\r") {
		t.Errorf("%q", out+said)
	}
}
