package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"conductor-registry/presets/presetstest"
)

const scenarios = "../../../golden/scenarios"

// run runs a command without a terminal or standard input.
func run(args ...string) (code int, out, err string) {
	var stdout, stderr bytes.Buffer
	code = Main(args, Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr})
	return code, stdout.String(), stderr.String()
}

// generatedNames returns the files of a scenario that generate writes.
func generatedNames(t *testing.T, scenario string) []string {
	t.Helper()
	entries, err := os.ReadDir(scenario)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "values") || strings.HasPrefix(e.Name(), "pull-secret") {
			names = append(names, e.Name())
		}
	}
	return names
}

// TestGenerateGivesTheGoldenFiles checks that generate writes exactly the files of every scenario, and that --check then
// finds nothing to change.
func TestGenerateGivesTheGoldenFiles(t *testing.T) {
	answers, err := filepath.Glob(scenarios + "/*/answers.yaml")
	if err != nil || len(answers) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, file := range answers {
		scenario := filepath.Dir(file)
		t.Run(filepath.Base(scenario), func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			if code, _, said := run("generate", "--answers", file, "--out", out); code != exitOK {
				t.Fatalf("exit code %d: %s", code, said)
			}
			wantScenario(t, scenario, out)
			if code, said, _ := run("generate", "--answers", file, "--out", out, "--check"); code != exitOK {
				t.Errorf("--check: exit code %d: %s", code, said)
			}
		})
	}
}

// wantScenario checks that a folder has the files of a scenario.
func wantScenario(t *testing.T, scenario, out string) {
	t.Helper()
	want := generatedNames(t, scenario)
	if got := generatedNames(t, out); isWhole(scenario) && strings.Join(got, " ") != strings.Join(want, " ") {
		t.Fatalf("wrote %s, want %s", got, want)
	}
	for _, name := range want {
		if got, want := read(t, out, name), read(t, scenario, name); got != want {
			t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
}

// isWhole reports whether a scenario has all files; those of other charts and patterns have only the values.
func isWhole(scenario string) bool {
	_, err := os.Stat(filepath.Join(scenario, "notes.txt"))
	return err == nil
}

func read(t *testing.T, folder, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestResolveGivesTheGoldenFiles checks that resolve returns for each scenario's values what its plan promised.
func TestResolveGivesTheGoldenFiles(t *testing.T) {
	files, err := filepath.Glob(scenarios + "/*/values*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, file := range files {
		folder, name := filepath.Split(file)
		if !isWhole(folder) {
			continue
		}
		want := read(t, folder, strings.NewReplacer("values", "resolve", ".yaml", ".json").Replace(name))
		code, got, said := run(append([]string{"resolve", "-f", file, "-o", "json"}, installed(t, folder)...)...)
		if code != exitOK || got != want {
			t.Errorf("%s: exit code %d, %s%s\nwant\n%s", file, code, said, got, want)
		}
	}
}

// installed returns the flags for the chart of a scenario, and for the files that its installation adds.
func installed(t *testing.T, scenario string) []string {
	t.Helper()
	given, err := readAnswers(filepath.Join(scenario, "answers.yaml"), true, Streams{})
	if err != nil {
		t.Fatal(err)
	}
	catalog := presetstest.Catalog(t)
	profile := catalog.Profile(given.answers, "")
	flags := []string{"--chart-version", profile.Version}
	for _, file := range profile.Install.Files {
		flags = append(flags, "--set-file", file.Path+"="+filepath.Join(scenario, "answers.yaml"))
	}
	return flags
}
