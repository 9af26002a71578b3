package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"conductor-registry/golden"
)

const examples = "../../../examples/"

// TestExamples holds each folder of examples to what generate makes of its answers. The commands of their pages are run by
// TestPages.
func TestExamples(t *testing.T) {
	names, err := filepath.Glob(examples + "*/answers.yaml")
	if err != nil || len(names) < 6 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		source := filepath.Dir(name)
		t.Run(filepath.Base(source), func(t *testing.T) {
			folder, out := golden.Open(t, source), t.TempDir()
			args := []string{"generate", "--answers", name, "--out", out}
			if strings.HasSuffix(source, "-flux") {
				args = append(args, "--gitops", "flux")
			}
			if code, _, said := run(args...); code != exitOK {
				t.Fatalf("exit code %d: %s", code, said)
			}
			for _, given := range []string{"answers.yaml", "README.md", "Chart.yaml"} {
				if _, err := os.Stat(filepath.Join(source, given)); err == nil || given == "README.md" {
					folder.Input(given)
				}
			}
			made, err := os.ReadDir(out)
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range made {
				folder.Check(file.Name(), []byte(read(t, out, file.Name())))
			}
			if filepath.Base(source) == "ci-snapshot" {
				_, images, _ := run("resolve", "-f", filepath.Join(out, "values.yaml"), "-o", "json")
				folder.Check("images.json", []byte(strings.ReplaceAll(images, filepath.Join(out, "values.yaml"), "values.yaml")))
			}
		})
	}
}

// exampleFiles returns the files of an example for a test script.
func exampleFiles(t *testing.T, folder string) (out string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !entry.IsDir() && entry.Name() != "README.md" {
			out += "-- " + entry.Name() + " --\n" + read(t, folder, entry.Name())
		}
	}
	return out
}
