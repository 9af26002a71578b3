package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/presets/presetstest"
	"conductor-registry/verify/inspect"
)

// realHelm is the helm that make names in an environment variable.
func realHelm(t *testing.T, variable string) string {
	t.Helper()
	program := os.Getenv(variable)
	if program == "" {
		t.Skip(variable + " is not set: make test builds it and names it")
	}
	return program
}

// inspected returns what inspect finds in a chart, rendered with values.
func inspected(t *testing.T, program, folder string, values valueFlags) (*inspect.Report, error) {
	t.Helper()
	values.chart.path = folder
	c := inspectCommand{command: command{catalog: presetstest.Catalog(t), streams: Streams{In: strings.NewReader("")}},
		values: values, helm: program}
	options, err := c.options()
	if err != nil {
		t.Fatal(err)
	}
	return inspect.Run(context.Background(), options)
}

// TestInspectGivesTheGoldenFiles inspects each small chart with helm 3, and the one that is like no known chart with helm
// 4 too: the table, the JSON and the draft profile are those of golden/inspect.
func TestInspectGivesTheGoldenFiles(t *testing.T) {
	helm3, helm4 := realHelm(t, "HELM3"), realHelm(t, "HELM4")
	files := golden.Open(t, "../../../golden/inspect")
	charts, err := filepath.Glob("../../../golden/charts/*")
	if err != nil || len(charts) < 4 {
		t.Fatal(charts, err)
	}
	for _, folder := range charts {
		id := filepath.Base(folder)
		programs := []string{helm3}
		if id == "other" {
			programs = append(programs, helm4)
		}
		for _, program := range programs {
			found, err := inspected(t, program, folder, valueFlags{})
			if err != nil {
				t.Fatal(folder, err)
			}
			draft := bytes.ReplaceAll(found.Draft, []byte("helm "+found.Helm), []byte("helm v0"))
			found.Helm = "v0"
			var table, data bytes.Buffer
			if err := errors.Join(printInspected(&table, found), model.WriteJSON(&data, found)); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(table.String()) {
				if len(line) > helpWidth+1 {
					t.Errorf("%s: a line of %d: %s", folder, len(line), line)
				}
			}
			files.Check(id+".txt", table.Bytes())
			files.Check(id+".yaml", draft)
			if id == "other" {
				files.Check(id+".json", data.Bytes())
			}
		}
	}
}

// The drafts of the small charts can be used: for each pattern and each method that a draft offers, generate writes
// values, resolve reads them back, and helm renders what resolve says.
func TestInspectDraftsCanBeUsed(t *testing.T) {
	program := realHelm(t, "HELM3")
	drafts, err := filepath.Glob("../../../golden/inspect/*.yaml")
	if err != nil || len(drafts) < 4 {
		t.Fatal(drafts, err)
	}
	for _, file := range drafts {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		draft, err := chart.DecodeProfile(file, data)
		if err != nil {
			t.Fatal(err)
		}
		var choices [][2]string
		for _, p := range draft.Patterns {
			choices = append(choices, [2]string{p.ID, draft.Methods[0].ID})
		}
		for _, m := range draft.Methods[1:] {
			if m.Missing == "" {
				choices = append(choices, [2]string{draft.Patterns[0].ID, m.ID})
			}
		}
		var needed []string
		for _, file := range draft.Install.Files {
			needed = append(needed, "--set", file.Path+"=a")
		}
		for _, choice := range choices {
			useDraft(t, file, program, choice[0], choice[1], needed)
		}
	}
}

func useDraft(t *testing.T, file, program, pattern, method string, needed []string) {
	t.Helper()
	folder := t.TempDir()
	generate := []string{"generate", "--profile", file, "--out", folder, "--registry-provider", "harbor", "--registry-host",
		"h.example.com", "--registry-project", "p", "--tag", "9.9", "--pattern", pattern, "--pull-secret-method", method}
	if method != "none" && method != "imageCredentials" {
		generate = append(generate, "--pull-secret-name", "creds")
	}
	values := filepath.Join(folder, "values.yaml")
	small := "../../../golden/charts/" + strings.TrimSuffix(filepath.Base(file), ".yaml")
	for _, args := range [][]string{
		generate,
		append([]string{"resolve", "--profile", file, "-f", values}, needed...),
		append([]string{"verify", "--profile", file, "--chart", small, "-f", values, "--helm", program}, needed...),
	} {
		code, out, said := run(args...)
		isImage := args[0] != "resolve" || strings.Contains(out, " h.example.com/p/")
		if isPull := args[0] != "resolve" || method == "none" || method == "imageCredentials" ||
			strings.Contains(out, " creds "); code != exitOK || !isImage || !isPull {
			t.Fatalf("exit code %d: %s\n%s%s", code, strings.Join(args, " "), out, said)
		}
	}
}

// Each rendering contains the user's values: they can switch keys on and shadow others.
func TestInspectTakesValues(t *testing.T) {
	program := realHelm(t, "HELM3")
	found, err := inspected(t, program, "../../../golden/charts/other", valueFlags{
		sets: []string{"imagePullSecret.create=true", "global.imageRegistry=r.io"}})
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]inspect.State{}
	for _, k := range found.Keys {
		states[k.Path] = k.State
	}
	for path, want := range map[string]inspect.State{"imagePullSecret.name": inspect.Read,
		"image.registry": inspect.Shadowed, "global.imageRegistry": inspect.Read} {
		if states[path] != want {
			t.Errorf("%s is %s, want %s", path, states[path], want)
		}
	}
}

// --profile prints the draft profile and nothing else.
func TestInspectCommand(t *testing.T) {
	chart, program := "../../../golden/charts/3.0", realHelm(t, "HELM3")
	code, out, said := run("inspect", "--chart", chart, "--helm", program, "--profile")
	steps := strings.Count(said, "\n")
	if code != exitOK || !strings.HasPrefix(said, "step 1 of 10: rendering the chart as it is\nstep 2 of 10: ") || steps != 10 ||
		!strings.Contains(out, "\nid: \"3.0\"\n") {
		t.Errorf("exit code %d, %s%s", code, out, said)
	}
}

// Each mistake has its exit code and names what is wrong; a refusal of helm is in helm's own words.
func TestInspectRefuses(t *testing.T) {
	empty, broken, podless := t.TempDir(), t.TempDir(), t.TempDir()
	const metadata = "apiVersion: v2\nname: small\nversion: 1.0.0\n"
	for name, text := range map[string]string{
		broken + "/Chart.yaml": metadata, broken + "/templates/a.yaml": `{{ required "small.host is required" .Values.host }}`,
		podless + "/Chart.yaml": metadata, podless + "/templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
		empty + "/bad.yaml": "a: {{ b }}\n",
	} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	program := realHelm(t, "HELM3")
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"", exitUsage, "no chart given\n  hint: --chart PATH"},
		{"--chart " + empty, exitUsage, "is not a chart: it has no Chart.yaml"},
		{"--chart " + broken + " --helm no-such-helm", exitFailure, "--helm no-such-helm: not a program"},
		{"--chart " + broken + " --helm " + program, exitFailure, "small.host is required"},
		{"--chart " + podless + " --helm " + program, exitFailure, "helm renders no pod from " + podless},
		{"--chart " + podless + " -f " + empty + "/bad.yaml --helm " + program, exitFailure, "bad.yaml:1:"},
		{"--chart " + podless + " --profile -o json", exitUsage, "--profile and --output cannot be combined"},
		{"--chart " + podless + " --chart-version 2.8", exitUsage, "unknown flag: --chart-version"},
	} {
		code, out, said := run(append([]string{"inspect"}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(said, c.says) || out != "" {
			t.Errorf("%s: exit code %d, want %d: %s%s\nwant %s", c.args, code, c.code, out, said, c.says)
		}
	}
}
