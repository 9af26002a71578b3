package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestGuideErrors proves docs/guide-errors.md: helm renders its values as resolve says, and kubectl refuses its commands.
func TestGuideErrors(t *testing.T) {
	found, err := blocks(read(t, docs, "guide-errors.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range found {
		if b.language == "sh" && b.mark == "invalid" {
			wantUnknownFlags(t, b.text)
			continue
		}
		if b.language != "yaml" {
			continue
		}
		helm := os.Getenv([]string{"HELM3", "HELM4"}[i/2%2]) // each block with one of the two: the cases of verify use both
		t.Run(b.fileName(), func(t *testing.T) {
			t.Parallel()
			if helm == "" {
				t.Skip("HELM3 and HELM4 name no helm: make test does")
			}
			name := filepath.Join(t.TempDir(), b.fileName())
			write(t, name, b.text)
			code, out, said := run("verify", "--chart", "../../../golden/charts/2.8", "--helm", helm, "-f", name)
			if code != exitOK || !strings.Contains(out, "agrees") {
				t.Errorf("exit code %d: %s%s", code, out, said)
			}
		})
	}
}

// TestGuideFigures holds the figures at the top of docs/guide-errors.md to what Helm rendered for the guide's examples.
func TestGuideFigures(t *testing.T) {
	secrets, wrong := 0, 0
	for line := range strings.Lines(read(t, "../../../model/chart/testdata", "guide-2.8.0.jsonl")) {
		type pulled struct {
			Server  []string `json:"server_pull_secrets"`
			Workers []string `json:"workers_pull_secrets"`
		}
		var example struct {
			pulled
			Documented pulled
		}
		if err := json.Unmarshal([]byte(line), &example); err != nil {
			t.Fatal(err)
		}
		isWrong := func(documented, got []string) bool { return len(documented) > 0 && !slices.Equal(documented, got) }
		if len(example.Documented.Server)+len(example.Documented.Workers) > 0 {
			secrets++
		}
		if isWrong(example.Documented.Server, example.Server) || isWrong(example.Documented.Workers, example.Workers) {
			wrong++
		}
	}
	want := fmt.Sprintf("Of its %d examples with a pull secret, %d\ndo not get it", secrets, wrong)
	if !strings.Contains(read(t, docs, "guide-errors.md"), want) {
		t.Errorf("the page does not say %q", want)
	}
}

// wantUnknownFlags checks that kubectl does not know a flag of each line.
func wantUnknownFlags(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		args := strings.Fields(line)
		out, err := exec.Command(cmp.Or(os.Getenv("KUBECTL"), args[0]), args[1:]...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "unknown flag") {
			t.Errorf("%s: %v, %s", line, err, out)
		}
	}
}
