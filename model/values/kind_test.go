package values_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/values"
)

// TestOtherFiles: files that Helm would take for values without a word are refused, with the place of their values. Each
// entry of kinds.yaml is met once at least.
func TestOtherFiles(t *testing.T) {
	text, err := os.ReadFile("testdata/otherfiles.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	met := map[string]bool{}
	for {
		var test struct {
			File string // as it is
			Want string // what the error has; "" for a values file
			Hint string // the end of what to type
		}
		if err := decoder.Decode(&test); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for _, under := range []string{"", "other"} {
			_, err := values.Parse(values.Source{Name: "v.yaml", Data: []byte(test.File), Under: under})
			parse, ok := errors.AsType[*values.ParseError](err)
			switch {
			case test.Want == "" || under != "" && strings.HasPrefix(test.Hint, "--under"):
				if err != nil {
					t.Errorf("%s%v", test.File, err)
				}
			case !ok || !parse.IsOther || !strings.Contains(err.Error(), test.Want) || !strings.HasSuffix(parse.Hint, test.Hint):
				t.Errorf("%s%v, not %q; type %q", test.File, err, test.Want, parse.Hint)
			default:
				met[parse.Reason] = true
			}
		}
	}
	table, err := os.ReadFile("kinds.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, others, _ := strings.Cut(string(table), "others:")
	if want := len(strings.Split(others, "what: ")) - 1; len(met) < want-3 { // three texts are used twice
		t.Errorf("%d texts were met, of %d", len(met), want)
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
