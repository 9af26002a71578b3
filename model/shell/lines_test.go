package shell_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/shell"
)

// Bash reads the lines as the command itself, at every width.
func TestLinesAreTheSameCommand(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip(err)
	}
	const show = `show() { printf '<%s>' "$@"; cat 2>/dev/null; }; `
	for _, command := range []string{
		`show helm upgrade --install conductor ./charts/orkes-conductor -n conductor -f values.yaml </dev/null`,
		`show get secret s -n conductor -o jsonpath='{.data.\.dockerconfigjson}' </dev/null | show probe "a b" -`,
		`show 'it'\''s' a\ b "$(echo two words)" --set-file 'a b=c d' </dev/null | show | show end`,
	} {
		want, err := exec.CommandContext(t.Context(), bash, "-c", show+command).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, want)
		}
		for _, width := range []int{20, 40, 60, 72, 76, 100, 200} {
			lines := shell.Lines(command, width)
			got, err := exec.CommandContext(t.Context(), bash, "-c", show+strings.Join(lines, "\n")).CombinedOutput()
			if err != nil || string(got) != string(want) {
				t.Errorf("width %d: %v\n%s\ngot  %s\nwant %s", width, err, strings.Join(lines, "\n"), got, want)
			}
			for _, line := range lines {
				if len(line) > width && strings.Contains(strings.TrimSuffix(strings.TrimSpace(line), ` \`), " ") && width > 40 {
					t.Errorf("width %d: %q", width, line)
				}
			}
		}
	}
}

func TestLinesBreakAfterPipesFirst(t *testing.T) {
	got := shell.Lines("kubectl get secret a | base64 -d | conductor-registry probe -f values.yaml", 50)
	want := []string{"kubectl get secret a | base64 -d |", "  conductor-registry probe -f values.yaml"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	block := "kubectl apply -f - <<E\na: 1\nE"
	if got := shell.Lines(block, 10); strings.Join(got, "\n") != block {
		t.Errorf("%q", got)
	}
}
