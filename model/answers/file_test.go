package answers_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/answers"
)

const contract = `version: 1
chart: "2.8"
pattern: global
registry:
  provider: jfrog
  company: mycompany
  repository: docker-prod
tag: "5.2.42"
components:
  server: {repository: orkes/conductor-server}
  workers: {repository: orkes/conductor-workers, tag: 5.10, registry: {provider: quay, namespace: myorg}}
environments:
  dev: {registry: {repository: docker-dev}, tag: latest}
  moved: {registry: {provider: harbor, host: h.example.com}}
  prod: {}
`

func decode(t *testing.T, text string) *answers.Answers {
	t.Helper()
	a, problems := answers.Decode("answers.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return a
}

func TestDecode(t *testing.T) {
	a := decode(t, contract)
	for path, want := range map[string]string{
		"registry.provider":                      "jfrog",
		"components.workers.registry.provider":   "quay",
		"components.workers.tag":                 "5.10", // as written, not as YAML types it
		"environments.dev.registry.repository":   "docker-dev",
		"environments.moved.registry.provider":   "harbor",
		"environments.prod.tag":                  "",
		"components.workers.registry.repository": "",
	} {
		if got := a.Get(path); got != want {
			t.Errorf("%s = %q, want %q", path, got, want)
		}
	}
	if got := a.Environments(); !slices.Equal(got, []string{"dev", "moved", "prod"}) {
		t.Errorf("environments %q: the order of the file is kept", got)
	}
	if got := a.Line("components.workers.tag"); got != 11 {
		t.Errorf("line %d, want 11", got)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"empty", "", "answers.yaml: the file is empty"},
		{"only a comment", "# nothing\n", "answers.yaml: the file is empty"},
		{"tab", "version: 1\n\ttag: x\n", "answers.yaml:2: is not YAML"},
		{"list", "- a\n", "answers.yaml:1: is a list, not keys and values"},
		{"version", "version: 2\n", `answers.yaml:1: version "2" is not supported`},
		{"twice", "tag: a\ntag: b\n", "answers.yaml:2: tag: is set twice, first in line 1"},
		{"keys for a value", "tag: {a: b}\n", "answers.yaml:1: tag: is keys and values, not a single value"},
		{"list for a value", "tag: [a]\n", "answers.yaml:1: tag: is a list, not a single value"},
		{"value for keys", "version: 1\nregistry: acr\n", "answers.yaml:2: registry: is a single value, not keys and values"},
		{"null", "tag:\n", "answers.yaml:1: tag: has no value"},
		{"anchor", "tag: &t x\npattern: *t\n", "anchors and aliases are not supported"},
		{"two documents", "tag: a\n---\ntag: b\n", "more than one YAML document"},
		{"dotted key", "registry.provider: acr\n", "is not a key of the answers file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := answers.Decode("answers.yaml", []byte(tt.text))
			if len(problems) == 0 || !strings.Contains(problems.Error(), tt.want) {
				t.Errorf("got %v, want …%s…", problems, tt.want)
			}
		})
	}
}

func TestAnEmptyGroupOfNoKnownNameIsAnAnswer(t *testing.T) {
	a := decode(t, "environment: {}\nregistry: {}\n")
	if !a.Has("environment") || a.Has("registry") {
		t.Errorf("answered %q: form has to see the misspelt one", a.Paths())
	}
}

func TestDecodeListsEverything(t *testing.T) {
	_, problems := answers.Decode("-", []byte("tag: [a]\npattern:\nregistry: x\n"))
	if len(problems) != 3 {
		t.Errorf("got %d problems, want all 3:\n%v", len(problems), problems)
	}
}

func TestEncodeDecode(t *testing.T) {
	a := decode(t, contract)
	first := a.Encode()
	again := decode(t, string(first)).Encode()
	if !bytes.Equal(first, again) {
		t.Errorf("read back and written again:\n%s\nbecame\n%s", first, again)
	}
	b := answers.New()
	for _, path := range slices.Backward(a.Paths()) {
		b.Set(path, a.Get(path))
	}
	b.SetEnvironments(a.Environments())
	if !bytes.Equal(b.Encode(), first) {
		t.Errorf("the order in which answers came in shows:\n%s", b.Encode())
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(contract))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("{environments: {x: }}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, problems := answers.Decode("-", data)
		if len(problems) > 0 {
			return
		}
		again, problems := answers.Decode("-", a.Encode())
		if len(problems) > 0 || !bytes.Equal(again.Encode(), a.Encode()) {
			t.Errorf("%q is written as\n%s\nwhich reads as %v", data, a.Encode(), problems)
		}
	})
}
