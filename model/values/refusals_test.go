package values_test

import (
	"fmt"
	"strings"
	"testing"

	"conductor-registry/model/values"
)

// refusals are files, a change that can't be made in them surely, and what is told of it.
var refusals = []struct {
	before string
	change values.Change
	want   string
}{
	{"# x/a: [/", set("a", "1"), "3: did not find expected node content"},
	{"- a/", set("a", "1"), "1: the top of a values file is keys and values"},
	{"a: 1/b: .inf/", set("a", "2"), "2: values cannot hold infinity"},
	{"a: 1/a: *b/", set("a", "2"), "2: *b repeats a value that no &b marks"},
	{"a: &a [*a]/", set("b", "2"), "1: anchor 'a' value contains itself"},
	{"a: 1/", set("a", "[1"), "0: a: this key can't be changed safely: the new value is no YAML"},
	{"a: 1/", set("a", "b: {}}"), "0: a: this key can't be changed safely: the new value is no YAML"},

	{"a: 1/", set("a.b", "2"), "1: a.b: this key can't be changed safely: a single value stands where the table should be"},
	{"a:/- 1/", set("a.b", "2"), "2: a.b: this key can't be changed safely: a list stands where the table should be"},
	{"a:/- 1/", set("a[1]", "2"), "2: a[1]: this key can't be changed safely: the list has no such item"},
	{"a: {}/", set("b[0].c", "2"), "1: b[0].c: this key can't be changed safely: the list has no such item"},
	{"a:/- 1/", remove("a[0]"), "2: a[0]: this key can't be removed safely: it is an item of a list"},
	{"a:/-/", set("a[0].b", "2"), "2: a[0].b: this key can't be changed safely: the item of the list is empty"},
	{"a:/- 1/", set("a[0]", "b: 1"), "2: a[0]: this key can't be changed safely: an item of a list would stand in lines"},
	{"a:/- b: 1/  c: 2/", remove("a[0].b"), "2: a[0].b: this key can't be removed safely: something else stands before it on its line"},
	{"{a, b}/", set("a", "2"), "1: a: this key can't be changed safely: the key has no colon behind it"},
	{"a:/  1/", set("a", "- 1"), "2: a: this key can't be changed safely: the value stands on another line than its key"},

	{"a: 1/b: 2/a: 3/", remove("a"), "1: a: this key can't be removed safely: the key is written twice"},
	{"a: 1/b: 2/a: 3/", rename("a", "c"), "1: a: this key can't be renamed safely: the key is written twice"},
	{"a: 1/b: 2/", rename("a", "b"), "2: a: this key can't be renamed safely: b is there already"},
	{"a: 1/", rename("b", "c"), "0: b: this key can't be renamed safely: there is no such key"},

	{"a: &x 1/b: *x/", set("b", "2"), "2: b: this key can't be changed safely: *x repeats a value that stands elsewhere"},
	{"a: &x 1/b: *x/", set("a", "2"), "1: a: this key can't be changed safely: &x marks this value"},
	{"a: &x {w: 1}/b: *x/", set("b.w", "2"), "2: b.w: this key can't be changed safely: *x repeats a value that stands elsewhere"},
	{"a: &x/  y: 1/b: *x/", set("a.y", "2"), "1: a.y: this key can't be changed safely: &x marks it, and line 3 repeats it"},
	{"a:/  y: &x [1]/b: *x/", remove("a"), "2: a: this key can't be removed safely: &x marks it, and line 3 repeats it"},
	{"a: &x {w: 1}/b:/  <<: *x/  z: 1/", set("b.c", "2"), "3: b.c: this key can't be changed safely: << brings in keys"},
	{"a: &x {w: 1}/b:/  <<: *x/  z: 1/", remove("b.w"), "3: b.w: this key can't be removed safely: << brings in keys"},
	{"a: !!str 1/", set("a", "2"), "1: a: this key can't be changed safely: !!str gives this value a type"},
	{"a: |/  text/", set("a", "2"), "1: a: this key can't be changed safely: a block of text stands here"},
	{"? a/: 1/", set("b", "2"), "1: b: this key can't be changed safely: something else stands before a key on its line"},
	{"? a/: 1/b: 2/", remove("a"), "1: a: this key can't be removed safely: something else stands before it on its line"},
	{"a: |/  text", set("b", "2"), "1: b: this key can't be changed safely: the block of text above it would get a line end more"},
}

func TestRefusals(t *testing.T) {
	for _, test := range refusals {
		for _, eol := range []string{"\n", "\r\n"} {
			data, problems := values.Apply("values.yaml", []byte(strings.ReplaceAll(test.before, "/", eol)), test.change)
			if data != nil || len(problems) != 1 {
				t.Errorf("%q: got %q and %v", test.before, data, problems)
				continue
			}
			p := problems[0]
			file := p.File
			p.File = ""
			if got := fmt.Sprintf("%d: %s", p.Line, p); file != "values.yaml" || !strings.HasPrefix(got, test.want) || p.Fix == "" {
				t.Errorf("%q: got %s\nwant %s", test.before, got, test.want)
			}
		}
	}
}

// All refusals are told at once, with the lines of the file as it was given, whatever was changed before.
func TestAllRefusalsWithTheLinesOfTheFile(t *testing.T) {
	before := "a: 1\nb: |\n  x\nc:\n  d: 1\ne: !!str 1\nf: ~\n"
	_, problems := values.Apply("v.yaml", []byte(before), set("b", "1"), set("c.x.y", "1"), set("c.x.z", "- 1\n- 2"),
		set("e", "1"), remove("a"), set("f.g", "1"), set("f.h", "1"), set("e.x", "1"))
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%d %s", p.Line, p.Path))
	}
	if want := "2 b, 6 e, 6 e.x"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
