package mirror_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"

	"conductor-registry/golden"
	"conductor-registry/model/mirror"
	"conductor-registry/model/registry"
)

func script(program, platform string) mirror.Script {
	return mirror.Script{Program: program, Platform: platform, Login: "docker login --username orkesdocker",
		Images: []mirror.Image{
			{Source: "docker.io/orkesio/orkes-conductor-server:5.2.42", Target: "r.io/a/server:5.2.42", Push: registry.Push{
				Login: []string{"docker login r.io"}, Before: []registry.Requirement{{What: "the project a", Commands: []string{"create a"}}}}},
			{Source: "docker.io/orkesio/orkes-conductor-workers@" + digest, Target: "r.io/a/workers:5.2.42",
				Push: registry.Push{Login: []string{"docker login r.io"}}},
		}}
}

// The scripts are what people have read, and valid for bash.
func TestScripts(t *testing.T) {
	files := golden.Open(t, "../../golden/mirror")
	for _, program := range mirror.Programs() {
		for _, platform := range []string{"", "linux/arm64"} {
			s := script(program, platform)
			text, err := s.Text()
			if program == "docker" && platform != "" {
				if err == nil {
					t.Error("imagetools cannot choose a platform")
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), program); err != nil {
				t.Errorf("%s: %v", program, err)
			}
			files.Check(strings.ReplaceAll(strings.Trim(program+"/"+platform, "/"), "/", "-")+".sh", []byte(text))
		}
	}
}

// A script copies each image with its program, and stops where a copy has another digest.
func TestScriptsCompareDigests(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not installed")
	}
	for _, program := range mirror.Programs() {
		text, err := script(program, "").Text()
		if err != nil {
			t.Fatal(err)
		}
		for answer, isRight := range map[string]bool{"echo same": true, `case "$*" in *r.io/a/*) echo other;; *) echo same;; esac`: false} {
			bin := t.TempDir()
			fake := "#!/bin/sh\ncase \"$*\" in *manifest-digest*) cat; exit;; *copy*|*create*) exit;; esac\n" + answer + "\n"
			writeProgram(t, filepath.Join(bin, program), fake)
			cmd := exec.CommandContext(t.Context(), "bash", "-c", text)
			cmd.Env = []string{"PATH=" + bin + ":/usr/bin:/bin"}
			out, err := cmd.CombinedOutput()
			if (err == nil) != isRight || isRight && !strings.Contains(string(out), "r.io/a/workers:5.2.42@same") ||
				!isRight && !strings.Contains(string(out), "error: r.io/a/server:5.2.42 has the digest other") {
				t.Errorf("%s: %v\n%s", program, err, out)
			}
		}
	}
}

func writeProgram(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
}
