package values_test

import (
	"errors"
	"strings"
	"testing"

	"conductor-registry/model/values"
)

// TestOtherKinds: files that Helm would take for values without a word are refused, with the place of their values.
func TestOtherKinds(t *testing.T) {
	for text, want := range map[string]string{
		"apiVersion: v1\nkind: ConfigMap\ndata: {values.yaml: 'a: 1'}\n": "such as values.yaml",
		"apiVersion: v1\nkind: Pod\n":                                    "of kind Pod, not a values file",
		"apiVersion: v2\nname: x\nversion: 1.0.0\n":                      "Chart.yaml",
		"releases:\n- name: a\n  chart: x/y\n":                           "helmfile: the values are below releases[].values",
		"version: 1\nregistry: {provider: acr}\n":                        "v.yaml:1: the file is an answers file",
		"version: 1\nregistry: r.example.com\n":                          "",
		"orkes-conductor:\n  global: {}\n":                               "below the key orkes-conductor",
		"extraObjects:\n- apiVersion: v1\n  kind: ConfigMap\n":           "",
		"kind: x\n":       "",
		"apiVersion: x\n": "",
		"releases: [a]\n": "",
		"apiVersion: v1\nkind: Namespace\n---\napiVersion: v1\nkind: Secret\n": "of kind Namespace",
		"apiVersion: v1\nkind: List\nitems: []\n":                              "below items[]",
		"orkes-conductor: {}\nimage: {tag: '1'}\n":                             "",
		"": "",
	} {
		_, err := values.Parse(values.Source{Name: "v.yaml", Data: []byte(text)})
		parse, ok := errors.AsType[*values.ParseError](err)
		if want == "" && err != nil || want != "" && (!ok || !parse.IsOther || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, not %q", text, err, want)
		}
	}
}

func TestSecondDocument(t *testing.T) {
	for text, line := range map[string]int{
		"a: 1\n---\nb: 2\n": 2, "a: 1\n...\n---\nb: 2\n": 2, "---\na: 1\n": 0, "a: 1\n---\n# end\n": 0, "a: |\n  ---\nb: 1\n": 0,
		"---\n---\na: 1\n": 2, "a: 1\n--- b\n": 2, "a: 1\n...\n": 0, "%YAML 1.1\n---\na: 1\n": 0,
	} {
		f, err := values.Parse(values.Source{Name: "v.yaml", Data: []byte(text)})
		if err != nil || f.SecondDocument() != line {
			t.Errorf("%q: line %d, not %d, %v", text, f.SecondDocument(), line, err)
		}
	}
}
