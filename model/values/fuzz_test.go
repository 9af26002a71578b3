package values_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/values"
)

// Apply never crashes and always ends. Its result can be read, holds the value, and stays the same when the change is
// made again. A removed key leaves its comments when they are to be kept.
func FuzzApply(f *testing.F) {
	for _, test := range cases {
		for _, c := range test.changes {
			f.Add([]byte(strings.ReplaceAll(test.before, "/", "\n")), c.Path, c.Value, c.Rename, c.Remove, true)
		}
	}
	for _, test := range refusals {
		f.Add([]byte(strings.ReplaceAll(test.before, "/", "\r\n")), test.change.Path, test.change.Value, "", test.change.Remove, false)
	}
	for seed := range uint64(20) {
		file := newFile(seed)
		f.Add(file.data("\n", true), file.pick(file.leaves), "- name: x", "", false, false)
		f.Add(file.data("\r\n", false), file.pick(file.leaves), "", "", true, true)
	}
	for _, key := range []string{"0_", "0x0", "-0", "1e3", "1.50", "true", "yes", "010", `"a"`, "'1'", "!!str 1", "~", "&x y"} {
		for _, path := range []string{"0", "0_", "1000", "1.50", "true", "yes", "8", "a", "1", "~", "y"} {
			f.Add([]byte(key+" :"), path, "0_", "", false, true)
			f.Add([]byte("b: {"+key+": {c: 1}}"), "b."+path+".c", "", "d", path == "0", false)
		}
	}
	for _, data := range []string{"?\n 0", "? a", "?", "? a\n: b", "a:\n  ?\n   0", "a: {? b}", "- ?", "a:\n- ? b\n", "? [a]\n", "? |\n  a\n"} {
		for _, path := range []string{"0", "1", "a", "a.b", "a.0", "a.c"} {
			f.Add([]byte(data), path, "1", "", false, true)
			f.Add([]byte(data), path, "", "c", false, false)
			f.Add([]byte(data), path, "", "", true, false)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, path, value, to string, remove, keep bool) {
		begun := time.Now()
		c := values.Change{Path: path, Value: value, Rename: to, Remove: remove, KeepComments: keep}
		got, problems := values.Apply(values.Source{Name: "values.yaml", Data: data}, c)
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("took %v", took)
		}
		if problems != nil {
			if got != nil || problems[0].Summary == "" || problems[0].Line < 0 || problems[0].Line > len(data)+2 {
				t.Errorf("got %q with %v", got, problems)
			}
			return
		}
		var out map[string]any
		if err := yaml.Unmarshal(got, &out); err != nil {
			t.Fatalf("%v in %q", err, got)
		}
		if !remove && to == "" && path != "" && !strings.ContainsAny(path, ".[") {
			var want any
			if err := yaml.Unmarshal([]byte(value), &want); err != nil || fmt.Sprint(out[path]) != fmt.Sprint(want) {
				t.Errorf("%s is %v, not %v (%v)", path, out[path], want, err)
			}
		}
		if remove && keep {
			after := comments(t, got) // of an empty document those behind --- are among them
			for _, text := range comments(t, data) {
				i := slices.Index(after, text)
				if i < 0 {
					t.Fatalf("the comment %q is not in %q", text, got)
				}
				after = slices.Delete(after, i, i+1)
			}
		}
		again, problems := values.Apply(values.Source{Name: "values.yaml", Data: got}, c)
		if problems != nil || !bytes.Equal(again, got) {
			t.Errorf("again: %q is not %q: %v", again, got, problems)
		}
	})
}

// comments returns the texts of a file's comments.
func comments(t *testing.T, data []byte) []string {
	t.Helper()
	file, err := values.Parse(values.Source{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range file.Comments() {
		out = append(out, c.Text)
	}
	return out
}
