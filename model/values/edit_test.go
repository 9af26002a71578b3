package values_test

import (
	"strings"
	"testing"

	"conductor-registry/model/values"
)

func set(path, value string) values.Change { return values.Change{Path: path, Value: value} }
func remove(path string) values.Change     { return values.Change{Path: path, Remove: true} }
func rename(path, to string) values.Change { return values.Change{Path: path, Rename: to} }

type changes = []values.Change

// kept stands for a file that does not change.
const kept = "="

// cases holds files before and after changes, on one line each: / ends a line.
var cases = []struct {
	name, before string
	changes      changes
	after        string
}{
	// replaced values
	{"plain", "a: 1/b: 2/", changes{set("a", "3")}, "a: 3/b: 2/"},
	{"double quotes", `a: "x \" # y" # why/`, changes{set("a", "3")}, "a: 3 # why/"},
	{"single quotes", `a: 'it''s: # x'   # why/`, changes{set("a", "3")}, "a: 3   # why/"},
	{"quotes over lines", `a: "x/  y" # why/b: 2/`, changes{set("a", "3")}, "a: 3 # why/b: 2/"},
	{"words over lines", "a: x y//  z # why/b: 2/", changes{set("a", "3")}, "a: 3 # why/b: 2/"},
	{"nothing", "a:   # why/b:/", changes{set("a", "3"), set("b", "4")}, "a: 3   # why/b: 4/"},
	{"null", "a: ~ # why/", changes{set("a", "3")}, "a: 3 # why/"},
	{"null instead", "a: 1/", changes{set("a", "null")}, "a: null/"},
	{"on its own line", "a:/  # why/  1/", changes{set("a", "3")}, "a:/  # why/  3/"},
	{"quoted key", `"a" : 1/'b': 2/`, changes{set("a", "3"), set("b", "4")}, `"a" : 3/'b': 4/`},
	{"letters of many bytes", `{"ключ": "значение", a: 1} # ü/`, changes{set("a", "3")}, `{"ключ": "значение", a: 3} # ü/`},
	{"the last of two", "a: 1/b: 2/a: 3/", changes{set("a", "4")}, "a: 1/b: 2/a: 4/"},
	{"explicit key", "? a/: 1/b: 2/", changes{set("a", "3")}, "? a/: 3/b: 2/"},
	{"the same already", "a: 0x10/b: [{name:   x}]/d: &d 1/", changes{set("a", "16"), set("b", "- name: x"), set("d", "1")}, kept},
	{"the same by an alias", "d: &d x/a: *d/", changes{set("a", `"x"`)}, kept},
	{"item", "a:/- 1/- b: 2/  c: 3/", changes{set("a[0]", "4"), set("a[1].c", "5")}, "a:/- 4/- b: 2/  c: 5/"},
	{"item by its number", "a:/- 1/- b: 2/", changes{set("a.0", "4"), set("a.1.b", "5")}, "a:/- 4/- b: 5/"},
	{"twice", "a: 1/", changes{set("a", "2"), set("a", "3")}, "a: 3/"},

	// tables and lists
	{"list for list", "a: # why/- 1/- 2/# b/b: 2/", changes{set("a", "- x\n- y: 1\n  z: 2\n")}, "a: # why/  - x/  - y: 1/    z: 2/# b/b: 2/"},
	{"value for list", "a: # why/  - 1/b: 2/", changes{set("a", "[]")}, "a: [] # why/b: 2/"},
	{"list for value", "a: 1 # why/b: 2/", changes{set("a", "- x")}, "a: # why/  - x/b: 2/"},
	{"list for brackets", "a: [1, # one/  2]/b: 2/", changes{set("a", "- x")}, "a:/  - x/b: 2/"},
	{"brackets for brackets", "a: [1, [2, 'x]'] # one/  ] # why/b: 2/", changes{set("a", "[x]")}, "a: [x] # why/b: 2/"},
	{"list within braces", "{a: [1], b: 2}/", changes{set("a", "- name: x")}, `{a: [{"name":"x"}], b: 2}/`},

	// new keys
	{"empty file", "", changes{set("a.b", "1")}, "a:/  b: 1/"},
	{"comments only", "# x/", changes{set("a.b", "1"), set("a.c", "2")}, "# x/a:/  b: 1/  c: 2/"},
	{"no line end", "a: 1", changes{set("b", "2")}, "a: 1/b: 2"},
	{"comments only, no line end", "# x", changes{set("b", "2")}, "# x/b: 2"},
	{"braces only", "# x/{} # y/# z/", changes{set("a.b", "1")}, "# x/# y/a:/  b: 1/# z/"},
	{"null only", "~/", changes{set("a", "1")}, "a: 1/"},
	{"braces behind ---", "--- {} # x/.../", changes{set("a", "1")}, "--- # x/a: 1/.../"},
	{"--- only", "---/", changes{set("a", "1")}, "---/a: 1/"},
	{"before ---", "a: 1/---/# no more/", changes{set("b", "3")}, "a: 1/b: 3/---/# no more/"},
	{"between ---", "# x/---/a: 1/--- # two/", changes{set("b", "3"), set("a", "4")}, "# x/---/a: 4/b: 3/--- # two/"},
	{"two empty documents", "---/---/", changes{set("b", "3")}, "---/b: 3/---/"},
	{"before ...", "%YAML 1.1/---/a: 1/.../", changes{set("b", "3")}, "%YAML 1.1/---/a: 1/b: 3/.../"},
	{"behind what is deeper", "a:/  b: 1//  # x//  # y/# z//c: 2/", changes{set("a.d", "3")}, "a:/  b: 1/  d: 3//  # x//  # y/# z//c: 2/"},
	{"in order", "a: {}/b: 2/", changes{set("a.x", "1"), set("a.z.z", "2"), set("a.w", "3")}, "a:/  x: 1/  z:/    z: 2/  w: 3/b: 2/"},
	{"indented as the file", "a:/    b: 1/c:/", changes{set("c.d.e", "1")}, "a:/    b: 1/c:/    d:/        e: 1/"},
	{"indented top", "  a: 1/", changes{set("b.c", "1")}, "  a: 1/  b:/    c: 1/"},
	{"list not indented", "a:/- 1/- b:/  - 2/c: 3/", changes{set("d", "4"), set("a[1].e", "5")}, "a:/- 1/- b:/  - 2/  e: 5/c: 3/d: 4/"},
	{"behind text", "a:/  b: |/    # x/    y//c: 1/", changes{set("a.d", "3")}, "a:/  b: |/    # x/    y/  d: 3//c: 1/"},
	{"braces", "a: {b: 1, c: {d: 2}}/", changes{set("a.c.e", "3"), set("a.f.g", "4"), set("a.h", "5")}, "a: {b: 1, c: {d: 2, e: 3}, f: {g: 4}, h: 5}/"},
	{"braces over lines", "a: {/  b: 1, # x/  c,/}/", changes{set("a.d", "3")}, "a: {/  b: 1, # x/  c, d: 3,/}/"},
	{"empty braces", "{a: {}, b: , c}/", changes{set("a.d", "3"), set("b.d", "4")}, "{a: {d: 3}, b: {d: 4} , c}/"},
	{"list", "a: 1/", changes{set("b.c", "- x: 1\n  y: 2\n- z")}, "a: 1/b:/  c:/    - x: 1/      y: 2/    - z/"},
	{"comment", "a:/  b: 1/", changes{{Path: "a.c", Value: "2", Comment: "why\nand\n"}}, "a:/  b: 1/  # why/  # and/  c: 2/"},
	{"keys that need quotes", "a: 1/", changes{set("on", "1"), set("x y", "1"), set("a-b", "1")}, `a: 1/"on": 1/"x y": 1/a-b: 1/`},
	{"a key with a dot is another", "a.b: 1/", changes{set("a.b", "2")}, "a.b: 1/a:/  b: 2/"},
	{"item that is {}", "a:/- {}/- ~/", changes{set("a[0].b", "1"), set("a[1].b.c", "2")}, "a:/- {b: 1}/- {b: {c: 2}}/"},

	// removed keys
	{"line", "a: 1/b: 2/c: 3/", changes{remove("b")}, "a: 1/c: 3/"},
	{"what is not there", "a: 1/", changes{remove("b"), remove("a.b.c"), remove("c[0].d")}, kept},
	{"all", "# x//a: 1/", changes{remove("a")}, "# x//"},
	{"all, before ---", "a: 1/---/# x/", changes{remove("a")}, "---/# x/"},
	{"all, and a new one", "---/a: 1/---/", changes{remove("a"), set("b", "3")}, "---/b: 3/---/"},
	{"with its comment", "# top/a: 1//# x//# b/# b/b:/  c: 1/  # deep//# c/d: 2/", changes{remove("b")}, "# top/a: 1//# x///# c/d: 2/"},
	{"a comment that begins the file", "# top/a: 1/b: 2/", changes{remove("a")}, "# top/b: 2/"},
	{"tables left empty", "a:/  b:/    c: {d: 1}/e: 2/", changes{remove("a.b.c.d")}, "e: 2/"},
	{"tables left empty, by two", "a:/  b: 1/  # x//  c: {d: 1, e: 2}/f: 3/", changes{remove("a.b"), remove("a.c.e"), remove("a.c.d")}, "f: 3/"},
	{"list and text", "a:/- |/  x//- 2/b: |/  # x//  y/c: 1/", changes{remove("a"), remove("b")}, "c: 1/"},
	{"braces, first", "{a: 1, b: 2, c: 3}/", changes{remove("a")}, "{b: 2, c: 3}/"},
	{"braces, last", "{a: 1, b: {x: [1]} , c: 3 }/", changes{remove("c"), remove("b")}, "{a: 1 }/"},
	{"braces, only", "x: {a: {b: 1}, c: 2}/", changes{remove("x.a.b")}, "x: {c: 2}/"},
	{"alias", "a: &a [1]/b: *a/c: 1/", changes{remove("b")}, "a: &a [1]/c: 1/"},

	// renamed keys
	{"rename", "a:/  b: 1 # x/  c: 2/", changes{rename("a.b", "d")}, "a:/  d: 1 # x/  c: 2/"},
	{"rename quoted", `{"a b" : 1}/`, changes{rename("a b", "on")}, `{"on" : 1}/`},
	{"rename done", "b: 1/", changes{rename("a", "b")}, kept},

	// several changes
	{"remove, then set", "a:/  b: 1/c: 2/", changes{remove("a.b"), set("a.d", "3")}, "c: 2/a:/  d: 3/"},
	{"set, then remove", "a:/  b: 1/c: 2/", changes{set("a.d", "3"), remove("a.b")}, "a:/  d: 3/c: 2/"},
	{"rename, then set", "a:/  b: 1/", changes{rename("a", "c"), set("c.b", "2"), set("a.b", "3")}, "c:/  b: 2/a:/  b: 3/"},
	{"rename in turn", "a: 1/b: 2/", changes{rename("a", "c"), rename("b", "a")}, "c: 1/a: 2/"},
	{"set below what was new", "a: 1/", changes{set("b", "{}"), set("b.c", "2"), set("b", "3")}, "a: 1/b: 3/"},
	{"out and in again", "a: 1/b: 2/", changes{remove("a"), set("a", "3")}, "b: 2/a: 3/"},
}

func TestApply(t *testing.T) {
	for _, test := range cases {
		for _, eol := range []string{"\n", "\r\n"} {
			if !strings.Contains(test.before, "/") && eol != "\n" {
				continue // the file ends no line
			}
			lines := strings.NewReplacer("/", eol)
			before, after := lines.Replace(test.before), lines.Replace(test.after)
			if test.after == kept {
				after = before
			}
			got, problems := values.Apply(values.Source{Name: "values.yaml", Data: []byte(before)}, test.changes...)
			if problems != nil || string(got) != after {
				t.Errorf("%s: got\n%q\nwant\n%q\n%v", test.name, got, after, problems)
			}
			again, problems := values.Apply(values.Source{Name: "values.yaml", Data: got}, test.changes[len(test.changes)-1])
			if problems != nil || string(again) != after {
				t.Errorf("%s, the last change again: got\n%q\nwant\n%q\n%v", test.name, again, after, problems)
			}
		}
	}
}
