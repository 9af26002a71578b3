package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSameAnswersSameBytes runs the program again and again, each time as another user on another machine would: what is
// written and printed must not depend on it. Go shuffles maps anew in every process.
func TestSameAnswersSameBytes(t *testing.T) {
	answers, err := filepath.Abs(scenarios + "/guide-dev-and-prod/answers.yaml")
	if err != nil {
		t.Fatal(err)
	}
	zones, locales := []string{"UTC", "Asia/Kathmandu", "America/St_Johns", ""}, []string{"C", "de_DE.UTF-8", "tr_TR.ISO-8859-9", ""}
	first := ""
	for i := range 50 {
		folder := t.TempDir()
		program := exec.CommandContext(t.Context(), os.Args[0], "generate", "--answers", answers, "-o", []string{"text", "json"}[i/25])
		program.Args[0] = "conductor-registry" // see TestMain
		program.Dir = folder
		program.Env = []string{
			"TZ=" + zones[i%4], "LANG=" + locales[i/4%4], "LC_ALL=" + locales[i%3], "HOME=" + folder, "TMPDIR=" + folder, "GORACE=" + noSleep,
			fmt.Sprintf("GOMAXPROCS=%d", 1+i%5), fmt.Sprintf("USER=user%d", i), fmt.Sprintf("COLUMNS=%d", 40+i),
		}
		said, err := program.CombinedOutput()
		if err != nil {
			t.Fatal(err, string(said))
		}
		got := string(said)
		for _, name := range generatedNames(t, folder) {
			got += "\n" + name + "\n" + read(t, folder, name)
		}
		if i%25 == 0 {
			first = got
		}
		if got != first {
			t.Fatalf("run %d with %s differs:\n%s\nthe first was\n%s", i, strings.Join(program.Env, " "), got, first)
		}
	}
}
