package model_test

import (
	"testing"

	"conductor-registry/model"
)

// Each mistake in a file names its line, in the words of the file.
func TestDecodeFileNamesTheMistake(t *testing.T) {
	type part struct {
		Paths    []string
		Required bool
		Entries  []struct {
			Name string `required:"true"`
		}
	}
	type Head struct {
		ID    string
		Order int
	}
	type whole struct {
		Head  `yaml:",inline"`
		Parts map[string]part `yaml:"someParts"`
		More  part
	}
	for data, want := range map[string]string{
		"id: a\nsomeParts:\n  x: {paths: [a, b], required: true}\n": "",
		"id: a\nsomeParst: {}\n":                                    `f.yaml:2: unknown key "someParst"; did you mean "someParts"?`,
		"ordr: 1\n":                                                 `f.yaml:1: unknown key "ordr"; did you mean "order"?`,
		"someParts:\n  x:\n    quite: different\n":                  `f.yaml:3: unknown key "quite"`,
		"someParts:\n  x: {paths: a b}\n":                           `f.yaml:2: got "a b", want a list, such as [a, b]`,
		"someParts:\n  x: {required: maybe}\n":                      `f.yaml:2: got "maybe", want true or false`,
		"id: [a]\norder: b\n": "f.yaml:1: got a list, want text\n" +
			`f.yaml:2: got "b", want a whole number`,
		"someParts: [a]\n":    "f.yaml:1: got a list, want a mapping of keys and values",
		"id: a\nid: b\n":      `f.yaml:2: mapping key "id" already defined at line 1`,
		"id: a\n  b: c\n":     "f.yaml:2: mapping values are not allowed in this context",
		"":                    "f.yaml: the file is empty",
		"id: a\n---\nid: b\n": "f.yaml: the file has more than one YAML document",
	} {
		got := ""
		if err := model.DecodeFile("f.yaml", []byte(data), new(whole)); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q\n got %s\nwant %s", data, got, want)
		}
	}
}
