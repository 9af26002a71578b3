package values_test

import (
	"fmt"
	"strings"
	"testing"

	"conductor-registry/model/values"
)

// refusals holds files, a change that cannot be made in each safely, and the problem reported.
var refusals = []struct {
	before string
	change values.Change
	want   string
}{
	{"# x/a: [/", set("a", "1"), "3: did not find expected node content"},
	{"- a/", set("a", "1"), "1: the top of a values file is keys and values"},
	{"a: 1/b: .inf/", set("a", "2"), "2: values cannot hold infinity"},
	{"a: 1/---/b: 2/", set("a", "2"), "2: the file has several YAML documents"},
	{"a: 1/.../# x/--- {b: 2}/", set("a", "2"), "2: the file has several YAML documents"},
	{"---/---/b: 2/", remove("b"), "2: the file has several YAML documents"},
	{"a: 1/a: *b/", set("a", "2"), "2: *b repeats a value that no &b marks"},
	{"a: &a [*a]/", set("b", "2"), "1: anchor 'a' value contains itself"},
	{"a: 1/", set("a", "[1"), "0: a: cannot set this key safely: the new value is not valid YAML"},
	{"a: 1/", set("a", "b: {}}"), "0: a: cannot set this key safely: the new value is not valid YAML"},

	{"a: 1/", set("a.b", "2"), "1: a.b: cannot set this key safely: its parent is a single value, not a mapping"},
	{"a:/- 1/", set("a.b", "2"), "2: a.b: cannot set this key safely: its parent is a list, not a mapping"},
	{"a:/- 1/", set("a[1]", "2"), "2: a[1]: cannot set this key safely: the list has no such item"},
	{"a: {}/", set("b[0].c", "2"), "1: b[0].c: cannot set this key safely: the list has no such item"},
	{"a:/- 1/", remove("a[0]"), "2: a[0]: cannot remove this key safely: it is an item of a list"},
	{"a:/-/", set("a[0].b", "2"), "2: a[0].b: cannot set this key safely: the list item is empty"},
	{"a:/- 1/", set("a[0]", "b: 1"), "2: a[0]: cannot set this key safely: a list item cannot become a value of several lines"},
	{"a:/- b: 1/  c: 2/", remove("a[0].b"), "2: a[0].b: cannot remove this key safely: something else is before it on its line"},
	{"{a, b}/", set("a", "2"), "1: a: cannot set this key safely: the key has no colon after it"},
	{"a:/  1/", set("a", "- 1"), "2: a: cannot set this key safely: the value is on another line than its key"},

	{"a: 1/b: 2/a: 3/", remove("a"), "1: a: cannot remove this key safely: the key is there twice"},
	{"a: 1/b: 2/a: 3/", rename("a", "c"), "1: a: cannot rename this key safely: the key is there twice"},
	{"a: 1/b: 2/", rename("a", "b"), "2: a: cannot rename this key safely: b is there already"},
	{"a: 1/", rename("b", "c"), "0: b: cannot rename this key safely: there is no such key"},

	{"a: &x 1/b: *x/", set("b", "2"), "2: b: cannot set this key safely: *x repeats a value from elsewhere"},
	{"a: &x 1/b: *x/", set("a", "2"), "1: a: cannot set this key safely: &x marks this value"},
	{"a: &x {w: 1}/b: *x/", set("b.w", "2"), "2: b.w: cannot set this key safely: *x repeats a value from elsewhere"},
	{"a: &x/  y: 1/b: *x/", set("a.y", "2"), "1: a.y: cannot set this key safely: &x marks it, and line 3 repeats it"},
	{"a:/  y: &x [1]/b: *x/", remove("a"), "2: a: cannot remove this key safely: &x marks it, and line 3 repeats it"},
	{"a: &x {w: 1}/b:/  <<: *x/  z: 1/", set("b.c", "2"), "3: b.c: cannot set this key safely: << merges in keys"},
	{"a: &x {w: 1}/b:/  <<: *x/  z: 1/", remove("b.w"), "3: b.w: cannot remove this key safely: << merges in keys"},
	{"a: !!str 1/", set("a", "2"), "1: a: cannot set this key safely: !!str gives this value a type"},
	{"a: |/  text/", set("a", "2"), "1: a: cannot set this key safely: its value is a block of text"},
	{"? a/: 1/", set("b", "2"), "1: b: cannot set this key safely: something else is before a key on its line"},
	{"? a/: 1/b: 2/", remove("a"), "1: a: cannot remove this key safely: something else is before it on its line"},
	{"a: |/  text", set("b", "2"), "1: b: cannot set this key safely: the block of text before it would gain a line break"},
}

func TestRefusals(t *testing.T) {
	for _, test := range refusals {
		for _, eol := range []string{"\n", "\r\n"} {
			data, problems := values.Apply(values.Source{Name: "values.yaml", Data: []byte(strings.ReplaceAll(test.before, "/", eol))}, test.change)
			if data != nil || len(problems) != 1 {
				t.Errorf("%q: got %q and %v", test.before, data, problems)
				continue
			}
			p := problems[0]
			got := fmt.Sprintf("%d: %s", p.Line, strings.TrimPrefix(p.Path+": "+p.Summary, ": "))
			if p.File != "values.yaml" || !strings.HasPrefix(got, test.want) || p.Fix == "" {
				t.Errorf("%q: got %s\nwant %s", test.before, got, test.want)
			}
		}
	}
}

// All refusals are reported at once, with the lines of the original file, whatever was changed before.
func TestAllRefusalsWithTheLinesOfTheFile(t *testing.T) {
	before := "a: 1\nb: |\n  x\nc:\n  d: 1\ne: !!str 1\nf: ~\n"
	_, problems := values.Apply(values.Source{Name: "v.yaml", Data: []byte(before)}, set("b", "1"), set("c.x.y", "1"), set("c.x.z", "- 1\n- 2"),
		set("e", "1"), remove("a"), set("f.g", "1"), set("f.h", "1"), set("e.x", "1"))
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%d %s", p.Line, p.Path))
	}
	if want := "2 b, 6 e, 6 e.x"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
