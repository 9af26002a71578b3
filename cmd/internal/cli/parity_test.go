package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// TestScenariosWithFlags gives each scenario's answers as flags, and expects the answers and files of its answers file.
// ui does the same with keys, and ui/plain line by line.
func TestScenariosWithFlags(t *testing.T) {
	paths, err := filepath.Glob(scenarios + "/*/answers.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, path := range paths {
		scenario := filepath.Dir(path)
		t.Run(filepath.Base(scenario), func(t *testing.T) {
			t.Parallel()
			flags := flagsFor(t, path)
			out := t.TempDir()
			if code, _, said := run(append([]string{"generate", "--out", out}, flags...)...); code != exitOK {
				t.Fatalf("exit code %d: %s\n%s", code, said, flags)
			}
			wantScenario(t, scenario, out)
			fromFile, fromFlags := encoded(t, "--answers", path), encoded(t, flags...)
			if fromFlags != fromFile {
				t.Errorf("answers from flags are\n%s\nfrom the file\n%s", fromFlags, fromFile)
			}
		})
	}
}

// flagsFor returns flags for the answers of a file: those of the fields, and --set for paths without a flag.
func flagsFor(t *testing.T, path string) []string {
	t.Helper()
	given, err := readAnswers(path, true, Streams{})
	if err != nil || len(given.problems) > 0 {
		t.Fatal(err, given.problems)
	}
	catalog := presetstest.Catalog(t)
	var flags []string
	if environments := given.answers.Environments(); len(environments) > 0 {
		flags = append(flags, "--environments", strings.Join(environments, ","))
	}
	for _, path := range given.answers.Paths() {
		flag, value := flagFor(catalog, path), given.answers.Get(path)
		if _, ok := strings.CutPrefix(flag, "--set "); ok {
			flags = append(flags, "--set", path+"="+value)
		} else {
			flags = append(flags, flag, value)
		}
	}
	return flags
}

// encoded returns the complete answers that generate reads from flags, as an answers file.
func encoded(t *testing.T, args ...string) string {
	t.Helper()
	c := &command{Command: &cobra.Command{}, catalog: presetstest.Catalog(t)}
	var flags answerFlags
	flags.add(c)
	flags.addQuestions(c)
	if err := c.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	given, err := flags.read(c)
	if err != nil {
		t.Fatal(err)
	}
	p, problems := plan.Build(c.catalog, given.answers, "")
	if len(problems) > 0 || len(given.problems) > 0 {
		t.Fatal(problems, given.problems)
	}
	return string(p.Answers.Encode())
}
