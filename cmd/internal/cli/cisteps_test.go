package cli

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// ciFolder returns a folder with values files as CI finds them: generated ones in deploy, and one with a problem.
func ciFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	write(t, folder+"/deploy/answers.yaml", "version: 1\nregistry: {provider: acr, name: myacr}\ntag: \"5.2.42\"\n")
	write(t, folder+"/wrong/values.yaml", "global:\n  image:\n    registry: https://myacr.azurecr.io\n")
	if out, code := bash(t, folder, nil, "conductor-registry generate --answers deploy/answers.yaml --out deploy"); code != 0 {
		t.Fatal(out)
	}
	return folder
}

// bash runs a script as CI services do, and returns its output and exit code.
func bash(t *testing.T, folder string, env []string, script string) (out string, code int) {
	t.Helper()
	cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), append(env, "GORACE="+noSleep)...)
	data, err := cmd.CombinedOutput()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return string(data), failed.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(data), 0
}

// action holds the fields of action.yml that the test reads.
type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Steps []struct {
			If, Run string
			Env     map[string]string
		}
	}
}

// run runs the steps of the action whose condition holds, up to the first that fails.
func (a action) run(t *testing.T, folder string, with map[string]string) (out string, code int) {
	t.Helper()
	input := func(name string) string {
		if text, set := with[name]; set {
			return text
		}
		known, ok := a.Inputs[name]
		if !ok {
			t.Fatalf("the action has no input %s", name)
		}
		return known.Default
	}
	for _, step := range a.Runs.Steps {
		name, ok := strings.CutSuffix(strings.TrimPrefix(step.If, "inputs."), " != ''")
		if !ok {
			t.Fatalf("this test does not know the condition %q", step.If)
		}
		if input(name) == "" {
			continue
		}
		var env []string
		for key, text := range step.Env {
			env = append(env, key+"="+regexp.MustCompile(`\$\{\{ inputs\.([a-z-]+) \}\}`).ReplaceAllStringFunc(text,
				func(found string) string { return input(strings.Fields(strings.TrimPrefix(found, "${{ inputs."))[0]) }))
		}
		text, code := bash(t, folder, env, step.Run)
		if out += text; code != 0 {
			return out, code
		}
	}
	return out, 0
}

// The steps of the GitHub Action end with the exit code that they should, and annotate the lines with problems.
func TestActionRuns(t *testing.T) {
	t.Parallel()
	read, err := yamlDocuments[action](ciFile(t, "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	folder := ciFolder(t)
	write(t, folder+"/stale/answers.yaml", "version: 1\nregistry: {provider: quay, namespace: myorg}\n")
	for _, tt := range []struct {
		name string
		with map[string]string
		code int
		want string
	}{
		{"nothing", nil, 0, ""},
		{"values", map[string]string{"values": "deploy/values.yaml"}, 0, ""},
		{"a folder", map[string]string{"values": "."}, 3, "::error file=wrong/values.yaml,line=3,title=registry-scheme::"},
		{"another chart", map[string]string{"values": "deploy/values.yaml", "chart-version": "3.0"}, 3, "title=other-chart-key"},
		{"answers", map[string]string{"answers": "deploy/answers.yaml", "out": "deploy"}, 0, ""},
		{"stale files", map[string]string{"answers": "stale/answers.yaml", "out": "deploy"}, 4, "values.yaml"},
		{"shell code as a name", map[string]string{"values": `"; touch made; echo "$(touch made)`}, 1, "no such file"},
		{"a flag as a name", map[string]string{"values": "--fix"}, 1, "no such file"},
	} {
		out, code := read[0].run(t, folder, tt.with)
		if code != tt.code || !strings.Contains(out, tt.want) {
			t.Errorf("%s: exit code %d, want %d with %q:\n%s", tt.name, code, tt.code, tt.want, out)
		}
	}
	if _, err := os.Stat(folder + "/made"); err == nil {
		t.Error("a name was run by the shell")
	}
}

// The job of the GitLab component writes a report that holds to its schema, and fails when there are problems.
func TestComponentRuns(t *testing.T) {
	t.Parallel()
	type document struct {
		Spec struct {
			Inputs map[string]struct{ Default *string }
		}
		Job struct {
			Variables map[string]string
			Script    []string
			Artifacts struct{ Reports struct{ Codequality string } }
		} `yaml:"conductor-registry-lint"`
	}
	read, err := yamlDocuments[document](ciFile(t, "templates/conductor-registry.yml"))
	if err != nil || len(read) != 2 {
		t.Fatal(len(read), err)
	}
	folder, job := ciFolder(t), read[1].Job
	for values, code := range map[string]int{"deploy/values.yaml": 0, "wrong": 3} {
		var env []string
		for key, text := range job.Variables {
			name := strings.TrimSuffix(strings.TrimPrefix(text, "$[[ inputs."), " ]]")
			input, known := read[0].Spec.Inputs[name]
			switch {
			case !known:
				t.Fatalf("the component has no input for %s", text)
			case name == "values":
				env = append(env, key+"="+values)
			case input.Default != nil:
				env = append(env, key+"="+*input.Default)
			}
		}
		if out, got := bash(t, folder, env, strings.Join(job.Script, "\n")); got != code {
			t.Errorf("%s: exit code %d, want %d:\n%s", values, got, code, out)
		}
		rules := qualityRules(t, filepath.Join(folder, job.Artifacts.Reports.Codequality))
		if slices.Contains(rules, "registry-scheme") != (code != 0) {
			t.Errorf("%s: the report has %v", values, rules)
		}
	}
}

// qualityRules validates a Code Quality report, and returns the rules of its findings.
func qualityRules(t *testing.T, file string) (out []string) {
	t.Helper()
	var report []any
	if err := json.Unmarshal([]byte(read(t, "", file)), &report); err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.NewCompiler().Compile(repository + "ui/report/testdata/codequality.schema.json")
	if err == nil {
		err = schema.Validate(report)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range report {
		out = append(out, finding.(map[string]any)["check_name"].(string))
	}
	return out
}

// hook holds the fields of .pre-commit-hooks.yaml that the test reads.
type hook struct {
	ID, Entry, Files string
	Args             []string
	PassFilenames    *bool `yaml:"pass_filenames"`
}

// run runs the hook as pre-commit does, on the files of a folder that it is for.
func (h hook) run(t *testing.T, folder string, args []string, files ...string) (out string, code int) {
	t.Helper()
	if args == nil {
		args = h.Args
	}
	matching := slices.DeleteFunc(files, func(file string) bool { return !regexp.MustCompile(h.Files).MatchString(file) })
	if len(matching) == 0 {
		return "skipped", 0
	}
	if h.PassFilenames != nil && !*h.PassFilenames {
		matching = nil
	}
	return bash(t, folder, nil, h.Entry+" "+strings.Join(slices.Concat(args, matching), " "))
}

// Each hook passes for files without problems and fails for others, with the files that pre-commit hands to it.
func TestHooksRun(t *testing.T) {
	t.Parallel()
	hooks := map[string]hook{}
	read, err := yamlDocuments[[]hook](ciFile(t, ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range read[0] {
		hooks[strings.TrimPrefix(h.ID, "conductor-registry-")] = h
	}
	folder := ciFolder(t)
	inDeploy, stale := []string{"--answers", "deploy/answers.yaml", "--out", "deploy"}, []string{"--answers", "deploy/answers.yaml"}
	chart := []string{"--chart", filepath.Join(mustAbs(t, repository), "golden/charts/2.8"), "--helm", os.Getenv("HELM3"), "-f"}
	for _, tt := range []struct {
		hook, file string
		args       []string
		code       int
		want       string
	}{
		{"lint", "deploy/values.yaml", nil, 0, "1 info"},
		{"lint", "wrong/values.yaml", nil, 3, "registry-scheme"},
		{"lint", "deploy/answers.yaml", nil, 0, "skipped"},
		{"generate", "deploy/pull-secret.sh", inDeploy, 0, ""},
		{"generate", "deploy/values.yaml", inDeploy, 0, ""},
		{"generate", "deploy/answers.yaml", stale, 4, "values.yaml"},
		{"generate", "deploy/answers.yaml", nil, 2, "answers.yaml"},
		{"generate", "deploy/Chart.yaml", inDeploy, 0, "skipped"},
		{"verify", "deploy/values.yaml", append(chart, "deploy/values.yaml"), 0, ""},
		{"verify", "wrong/values.yaml", append(chart, "missing.yaml"), 1, "missing.yaml"},
	} {
		if tt.hook == "verify" && os.Getenv("HELM3") == "" {
			continue // make test names it
		}
		out, code := hooks[tt.hook].run(t, folder, tt.args, tt.file)
		if code != tt.code || !strings.Contains(out, tt.want) {
			t.Errorf("%s on %s: exit code %d, want %d with %q:\n%s", tt.hook, tt.file, code, tt.code, tt.want, out)
		}
	}
	if out, code := hooks["lint"].run(t, folder, nil, "deploy/values.yaml", "wrong/values.yaml"); code != 3 ||
		!strings.Contains(out, "wrong/values.yaml:3: error") {
		t.Errorf("two files: exit code %d:\n%s", code, out)
	}
}

func mustAbs(t *testing.T, name string) string {
	t.Helper()
	out, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
