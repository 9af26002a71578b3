package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"conductor-registry/model/answers"
)

// TestLinesGiveWhatGenerateGives answers line by line, and checks that generate finds nothing to change with the answers
// that were written.
func TestLinesGiveWhatGenerateGives(t *testing.T) {
	out := t.TempDir()
	var said strings.Builder
	code := Main([]string{"--accessible", "--out", out}, Streams{Err: &said, Out: &said, OutIsTerminal: true,
		In: strings.NewReader("+\r\n\r\ndev, prod\r\njfrog\r\nacme\r\n\r\ndocker-prod\r\ndocker-dev\r\n" +
			strings.Repeat("\r\n", 17) + "y")})
	if code != exitOK {
		t.Fatalf("exit code %d\n%s", code, &said)
	}
	saved := filepath.Join(out, "answers.yaml")
	if code, found, said := run("generate", "--answers", saved, "--out", out, "--check"); code != exitOK {
		t.Errorf("exit code %d: %s%s", code, found, said)
	}
	data, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	a, problems := answers.Decode(saved, data)
	if len(problems) > 0 || a.Get("environments.dev.registry.repository") != "docker-dev" {
		t.Errorf("%v\n%s", problems, data)
	}
}

// TestPlainPromptsForALocalChart checks that the line prompts use --chart too, and report that helm is missing.
func TestPlainPromptsForALocalChart(t *testing.T) {
	t.Setenv("PATH", "")
	chart := t.TempDir()
	const values = `
image: {pullPolicy: IfNotPresent, repositorySecretName: orkes-registry}
ingress: {enabled: false}
priorityClasses: {enabled: false}
conductor: &pod
  {ports: {ui: 1, api: 2}, resources: {requests: {cpu: 1}, limits: {cpu: 1}}, serviceAccount: {annotations: {}}}
workers: *pod
`
	for name, text := range map[string]string{"values.yaml": values,
		"Chart.yaml": "name: orkes-conductor\nversion: 3.0.2\nappVersion: 5.2.99\n"} {
		if err := os.WriteFile(filepath.Join(chart, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var said strings.Builder
	code := Main([]string{"wizard", "--accessible", "--chart", chart, "--out", t.TempDir()}, Streams{Err: &said, Out: &said,
		OutIsTerminal: true, In: strings.NewReader("\nacr\nmyacr\n" + strings.Repeat("\n", 8) + "y\n")})
	for _, want := range []string{"Tag [5.2.99]: ", "helm upgrade --install conductor " + chart + " -n",
		"Running helm with values.yaml.", "warning: helm: ", "Wrote values.yaml"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("exit code %d, no %q in\n%s", code, want, &said)
		}
	}
}

func TestNeedsLines(t *testing.T) {
	for _, c := range []struct {
		environment string
		terminal    bool
		want        bool
	}{
		{"ACCESSIBLE=1", false, true},
		{"ACCESSIBLE=yes", true, true},
		{"ACCESSIBLE=0", true, false},
		{"ACCESSIBLE=False", true, false},
		{"ACCESSIBLE=", true, false},
		{"TERM=dumb", true, true},
		{"TERM=dumb", false, false}, // TERM alone does not ask for prompts
		{"TERM=xterm", true, false},
	} {
		s := Streams{Environment: []string{c.environment}, InIsTerminal: c.terminal, ErrIsTerminal: c.terminal}
		if got := needsLines(s); got != c.want {
			t.Errorf("%s, terminal %v: %v", c.environment, c.terminal, got)
		}
	}
}
