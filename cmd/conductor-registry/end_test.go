//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const fakeKubectl = `#!/bin/bash
case "$*" in
"config current-context") echo kind-dev ;;
*) [ -t 0 ] || cat >/dev/null; echo "$*" >>"$CALLS" ;;
esac
`

// withKubectl is the wizard with a kubectl of ours, after it wrote the files of a pasted image name.
func withKubectl(t *testing.T, script string) (s *terminal, calls func() string) {
	t.Helper()
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "kubectl"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(bin, "calls")
	c := program(t)
	c.Env = append(c.Env, "PATH="+bin+":"+os.Getenv("PATH"), "CALLS="+log)
	s = open(t, c, 100, 40)
	s.see("Which chart")
	s.paste("registry.example.com/team/conductor-server:5.2.42")
	s.see("Write 3 files")
	s.press(enter)
	s.see("enter leave")
	return s, func() string {
		data, _ := os.ReadFile(log) // it does not exist before the first call
		return string(data)
	}
}

// The script of the secret runs on the terminal itself, after a second key, and enter returns to the page.
func TestTheScriptRunsFromTheEndPage(t *testing.T) {
	s, calls := withKubectl(t, fakeKubectl)
	s.see("kubectl context kind-dev")
	s.press("s")
	s.see("context kind-dev, namespace conductor; s again runs it")
	s.press("s")
	s.see("User name for")
	s.press("me", enter)
	s.see("Password for")
	s.press("Canary-f3Qx", enter)
	s.see("done; enter returns to the wizard")
	s.press(enter)
	s.see("✓ done")
	s.ends(0)
	s.see("# done")
	if got := calls(); !strings.Contains(got, "create secret docker-registry registry-credentials") {
		t.Errorf("kubectl was called with\n%s", got)
	}
	if out := s.output(); strings.Contains(out, "Canary") {
		t.Error("the password is on the terminal")
	}
}

// ctrl+c ends the step and not the wizard, and the failure of a step is shown.
func TestAStepMayFail(t *testing.T) {
	s, _ := withKubectl(t, strings.Replace(fakeKubectl, "*) ", "get*jsonpath*) echo waiting >&2; exec sleep 60 ;;\n*) exit 7; ", 1))
	s.press("p")
	s.see("waiting")
	s.press(ctrlC)
	s.see("cancelled; enter returns to the wizard")
	s.press(enter)
	s.see("✗ cancelled")
	s.press("s")
	s.see("s again runs it")
	s.press("s")
	s.see("User name for")
	s.press("me", enter)
	s.see("Password for")
	s.press("secret", enter)
	s.see("failed with exit code")
	s.press(enter)
	s.see("✗ failed with exit code")
	s.press(ctrlC)
	s.ends(0)
}
