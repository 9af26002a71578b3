package values

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

func tree(t *testing.T, text string) map[string]any {
	t.Helper()
	var out map[string]any
	if err := yaml.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestLoadMergesFiles(t *testing.T) {
	for _, tt := range []struct{ name, first, second, want string }{
		{"tables merge", "a: {b: 1, c: 2}", "a: {c: 3}", "a: {b: 1, c: 3}"},
		{"null stays for the chart's defaults", "a: {b: 1}", "a: null", "a: null"},
		{"a list replaces", "a: [1, 2]", "a: [3]", "a: [3]"},
		{"a table replaces text", "a: x", "a: {b: 1}", "a: {b: 1}"},
		{"an empty file changes nothing", "a: 1", "", "a: 1"},
		{"comments only", "# x", "a: 1", "a: 1"},
		{"the first document counts", "a: 1\n---\na: 2", "b: 1\n---\n\t{", "{a: 1, b: 1}"},
		{"an empty first document", "---\n---\na: 1", "", "{}"},
		{"keys are text", "1: a", "true: b", `{"1": a, "true": b}`},
		{"the last of two keys wins whole", "a: {b: 1}\na: {c: 1}", "", "a: {c: 1}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, err := Load(Source{Name: "1.yaml", Data: []byte(tt.first)}, Source{Name: "2.yaml", Data: []byte(tt.second)})
			if err != nil {
				t.Fatal(err)
			}
			if got := v.Map(); !reflect.DeepEqual(got, tree(t, tt.want)) {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
}

func TestCoalesce(t *testing.T) {
	for _, tt := range []struct{ name, defaults, values, want string }{
		{"defaults fill up", "a: {b: 1, c: 2}", "a: {c: 3}", "a: {b: 1, c: 3}"},
		{"null removes a default", "a: {b: 1}", "a: {b: null}", "a: {}"},
		{"null removes a table", "a: {b: 1}", "a: null", "{}"},
		{"null without a default stays", "a: {}", "{a: {b: null}, c: null}", "{a: {b: null}, c: null}"},
		{"null over null stays", "a: {b: null}", "a: {b: null}", "a: {b: null}"},
		{"text over a table stays", "a: {b: 1}", "a: x", "a: x"},
		{"a table over text stays", "a: x", "a: {b: 1}", "a: {b: 1}"},
		{"lists do not merge", "a: [1, 2]", "a: []", "a: []"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defaults, values := tree(t, tt.defaults), tree(t, tt.values)
			if got := Coalesce(defaults, values); !reflect.DeepEqual(got, tree(t, tt.want)) {
				t.Errorf("got %v, want %s", got, tt.want)
			}
			if !reflect.DeepEqual(defaults, tree(t, tt.defaults)) || !reflect.DeepEqual(values, tree(t, tt.values)) {
				t.Error("an argument was changed")
			}
		})
	}
}

func TestPosition(t *testing.T) {
	v, err := Load(Source{Name: "base.yaml", Data: []byte("a:\n  b: 1\n  c: 1\n")},
		Source{Name: "-", Data: []byte("x: &x\n  d: 1\na:\n  <<: *x\n  b: 2\nlist:\n  - name: n\na2: 1\na2: 2\n")})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		path, file string
		line       int
	}{
		{"a.b", "-", 5},           // the last file that has it
		{"a.c", "base.yaml", 3},   // only the first has it
		{"a.d", "-", 2},           // brought in by <<
		{"list[0].name", "-", 7},  //
		{"list.0.name", "-", 7},   //
		{"list[1].name", "", 0},   //
		{"a2", "-", 9},            // the last of two counts
		{"a.nothing", "", 0},      //
		{"a.b.deeper", "", 0},     //
		{"nothing.at.all", "", 0}, //
	} {
		if file, line := v.Position(tt.path); file != tt.file || line != tt.line {
			t.Errorf("%s is at %s:%d, want %s:%d", tt.path, file, line, tt.file, tt.line)
		}
	}
	v.Map()["a"].(map[string]any)["c"] = "--set"
	if file, line := v.Position("a.c"); file != "" || line != 0 {
		t.Errorf("what --set changed is at %s:%d, want nowhere", file, line)
	}
	if _, line := v.Position("a.b"); line != 5 {
		t.Error("what --set left alone keeps its line")
	}
}

func TestParseErrors(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		n, m := string(rune('0'+i)), string(rune('1'+i))
		bomb += "a" + m + ": &a" + m + " [" + strings.Repeat("*a"+n+", ", 9) + "*a" + n + "]\n"
	}
	for _, tt := range []struct {
		name, data string
		line       int
		text       string
	}{
		{"tab", "a:\n  b: 1\n\tc: 2\n", 3, "spaces, not tabs"},
		{"two colons", "a: 1\nb: c: d\n", 2, "quote a value"},
		{"open bracket", "a: [1, 2\nb: 3\n", 2, "brackets"},
		{"wrong indentation", "a: 1\nb:\n  c: 1\n d: 2\n", 4, "indentation"},
		{"text after a quote", "a: 'x'y\nb: 1\n", 1, "quotes"},
		{"open quote", "a: 'x\nb: 1\n", 0, "not closed"},
		{"a list", "# x\n- a\n", 2, "and not a list"},
		{"text", "hello", 1, "and not text"},
		{"a number", "5", 1, "and not a number"},
		{"infinity", "a: 1\nb:\n  c: .inf\n", 3, "infinity"},
		{"a template", "a: 1\nb: {{ .Values.x }}\n", 2, "quote a value"},
		{"unknown alias", "a: 1\nb: *c", 2, "no &c marks"},
		{"binary", "\x00\x01\x02", 0, ""},
		{"alias bomb", bomb, 0, "aliases"},
		{"a circle of anchors", "a: &a\n  b: *a\n", 1, "write the value out"},
		{"a circle of merges", "a: &a {<<: *a, x: 1}\n", 1, "write the value out"},
		{"very deep", "a: " + strings.Repeat("[", 20000), 1, "no values file is that deep"},
		{"too large", "a: " + strings.Repeat("x", 10<<20), 0, "10 MiB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(Source{Name: "ok.yaml", Data: []byte("a: 1")}, Source{Name: "bad.yaml", Data: []byte(tt.data)})
			var parse *ParseError
			if !errors.As(err, &parse) || parse.File != "bad.yaml" {
				t.Fatalf("got %v, want a ParseError of bad.yaml", err)
			}
			if tt.line > 0 && parse.Line != tt.line || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("got %v, want line %d and %q", err, tt.line, tt.text)
			}
			if strings.ContainsAny(err.Error(), "\n") {
				t.Errorf("%q is more than a line", err)
			}
		})
	}
}

func TestLoadReadsWhatWindowsWrites(t *testing.T) {
	v, err := Load(Source{Name: "values.yaml", Data: bytes.ReplaceAll([]byte("\ufeffa:\n  b: 1\n"), []byte("\n"), []byte("\r\n"))})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := Find(v.Map(), "a.b"); got != 1.0 {
		t.Errorf("got %v", v.Map())
	}
}
