//go:build unix

package secret_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"

	"conductor-registry/model/secret"
)

// requests are usual ones, and one that a careless line breaks at.
func requests() map[string]secret.PullTest {
	return map[string]secret.PullTest{
		"one secret": {Namespace: "conductor", Image: "myacr.azurecr.io/conductor/server:5.2.42", Secrets: []string{"acr-credentials"}},
		"by account": {Namespace: "conductor", Image: "ghcr.io/myorg/server:1", Account: "conductor-app"},
		"nothing":    {Namespace: "conductor", Image: "quay.io/myorg/server:1", Name: "pull-test-workers"},
		"hostile":    {Namespace: `a'; touch "$x" #`, Image: "r.io/a:`id`$(id)", Secrets: []string{`"},{"`, "b'c", "$HOME"}},
	}
}

// TestCommandsAreShell wants each command, and all of them as one block, to be shell, and the fields of the request to come
// through as they are.
func TestCommandsAreShell(t *testing.T) {
	for name, r := range requests() {
		if lines := strings.Count(secret.PullTestBlock(r), "\n") + 1; lines != len(secret.PullTestCommands(r)) {
			t.Errorf("%s: the block has %d lines", name, lines)
		}
		for _, line := range append(secret.PullTestCommands(r), secret.PullTestBlock(r)) {
			for _, variant := range []syntax.LangVariant{syntax.LangPOSIX, syntax.LangBash} {
				if _, err := syntax.NewParser(syntax.Variant(variant)).Parse(strings.NewReader(line), name); err != nil {
					t.Errorf("%s: %v\n%s", name, err, line)
				}
			}
		}
	}
}

// fake writes down its arguments, one call a line as JSON, and fails for the command that is to fail.
const fake = `#!/bin/sh
for argument do printf '%s\0' "$argument"; done >> "$LOG"
printf '\n' >> "$LOG"
test "$1" != "$FAIL"
`

// calls runs the line in a shell, with a kubectl that fails at one command, and gives what kubectl was told.
func calls(t *testing.T, shell, line, fail string) [][]string {
	t.Helper()
	folder := t.TempDir()
	log := filepath.Join(folder, "log")
	if err := os.WriteFile(filepath.Join(folder, "kubectl"), []byte(fake), 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(shell, "-c", line)
	cmd.Env = []string{"PATH=" + folder, "LOG=" + log, "FAIL=" + fail, "HOME=/home/nobody"}
	cmd.Dir = folder
	_ = cmd.Run() // its code is that of the last command
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for call := range strings.SplitSeq(strings.TrimSuffix(string(data), "\x00\n"), "\x00\n") {
		out = append(out, strings.Split(call, "\x00"))
	}
	return out
}

func shells() []string {
	var out []string
	for _, name := range []string{"bash", "dash", "sh"} {
		if path, err := exec.LookPath(name); err == nil {
			out = append(out, path)
		}
	}
	return out
}

func TestTheBlockRuns(t *testing.T) {
	for name, r := range requests() {
		for _, shell := range shells() {
			got := calls(t, shell, secret.PullTestBlock(r), "wait") // a pull that fails: the rest is done all the same
			var verbs []string
			for _, call := range got {
				verbs = append(verbs, call[0])
				if !slices.Contains(call, r.Namespace) {
					t.Errorf("%s: kubectl %q is not told the namespace", name, call)
				}
			}
			if strings.Join(verbs, " ") != "run wait get delete" {
				t.Errorf("%s in %s: kubectl was told to %q", name, shell, verbs)
			}
			if !slices.Contains(got[0], "--image="+r.Image) {
				t.Errorf("%s: the image is not %s in %q", name, r.Image, got[0])
			}
			wantSecrets(t, got[0], r)
		}
	}
}

func wantSecrets(t *testing.T, call []string, r secret.PullTest) {
	t.Helper()
	i := slices.IndexFunc(call, func(word string) bool { return strings.HasPrefix(word, "--overrides=") })
	var pod struct {
		Spec struct {
			ServiceAccountName string
			ImagePullSecrets   []struct{ Name string }
		}
	}
	if i < 0 {
		t.Fatalf("no overrides in %q", call)
	}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(call[i], "--overrides=")), &pod); err != nil {
		t.Fatalf("%v in %s", err, call[i])
	}
	var names []string
	for _, s := range pod.Spec.ImagePullSecrets {
		names = append(names, s.Name)
	}
	if !slices.Equal(names, r.Secrets) || len(names) == 0 && pod.Spec.ServiceAccountName != r.Account {
		t.Errorf("the pod has the pull secrets %q and the account %s, want %q and %s", names, pod.Spec.ServiceAccountName,
			r.Secrets, r.Account)
	}
}

// Where the pod could not be made there is nothing to wait for, and nothing of somebody else's is deleted.
func TestTheBlockEndsWithoutAPod(t *testing.T) {
	for _, shell := range shells() {
		if got := calls(t, shell, secret.PullTestBlock(requests()["one secret"]), "run"); len(got) != 1 {
			t.Errorf("%s went on after a pod that was not made: %q", shell, got)
		}
	}
}
