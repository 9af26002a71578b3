package values_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"conductor-registry/model/values"
)

const release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: &name conductor}\nspec:\n"

// TestWrappedValues reads and edits values where they live: the value of a, its line, and the file with a: new.
func TestWrappedValues(t *testing.T) {
	for name, test := range map[string]struct {
		text, under, value string
		line               int
		edited             string // what replaces the line; "" for a refusal
	}{
		"a release":               {text: release + "  values:\n    a: old # why\n", value: "old", line: 6, edited: "    a: \"new\" # why"},
		"an alias":                {text: release + "  values:\n    a: old\n    b: *name\n", value: "old", line: 6, edited: "    a: \"new\""},
		"in braces":               {text: release + "  values: {b: 1, a: old}\n", value: "old", line: 5, edited: "  values: {b: 1, a: \"new\"}"},
		"Flux 1":                  {text: "apiVersion: helm.fluxcd.io/v1\nkind: HelmRelease\nspec:\n  values: {a: old}\n", value: "old", line: 4, edited: "  values: {a: \"new\"}"},
		"behind others":           {text: "apiVersion: v1\nkind: Namespace\n---\n" + release + "  values:\n    a: old\n---\nkind: x\n", value: "old", line: 9, edited: "    a: \"new\""},
		"with directives":         {text: "%YAML 1.1\n---\n" + release + "  values:\n    a: old\n...\n# end\n", value: "old", line: 8, edited: "    a: \"new\""},
		"ended documents":         {text: "---\n{apiVersion: v1, kind: x}\n...\n%YAML 1.1\n---\n" + release + "  values:\n    a: old\n...\n---\n# end\n", value: "old", line: 11, edited: "    a: \"new\""},
		"an object":               {text: app("helm:\n        valuesObject:\n          a: old\n"), value: "old", line: 8, edited: "          a: \"new\""},
		"text":                    {text: app("helm:\n        values: |\n          # ours\n          a: old\n\n          b: 1\n"), value: "old", line: 9, edited: "          a: \"new\""},
		"text with ---":           {text: app("helm:\n        values: |-\n          ---\n          a: old\n"), value: "old", line: 9, edited: "          a: \"new\""},
		"deep text":               {text: app("helm:\n        values: |2\n              a: old\n"), value: "old", line: 8, edited: "              a: \"new\""},
		"quoted text":             {text: app("helm:\n        values: \"a: old\"\n"), value: "old", line: 7},
		"an object replaces text": {text: app("helm:\n        values: |\n          a: hidden\n        valuesObject:\n          a: old\n"), value: "old", line: 10, edited: "          a: \"new\""},
		"a parameter":             {text: app("helm:\n        values: |\n          a: under\n        parameters:\n          - name: a\n            value: old\n"), value: "old", line: 11, edited: "            value: \"new\""},
		"several sources":         {text: sources("    - ref: values\n      repoURL: x\n    - chart: orkes-conductor\n      helm:\n        valuesObject:\n          a: old\n"), value: "old", line: 12, edited: "          a: \"new\""},
		"a subchart":              {text: "b: 1\nconductor:\n  a: old\n", under: "conductor", value: "old", line: 3, edited: "  a: \"new\""},
		"a subchart in a release": {text: release + "  values:\n    x:\n      a: old\n", under: "x", value: "old", line: 7, edited: "      a: \"new\""},
		"below two charts":        {text: "x:\n  z:\n    a: old\n", under: "x.z", value: "old", line: 3, edited: "    a: \"new\""},
	} {
		t.Run(name, func(t *testing.T) {
			source := values.Source{Name: "f.yaml", Data: []byte(test.text), Under: test.under}
			loaded, err := values.Load(source)
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := loaded.Lookup("a"); got != test.value {
				t.Errorf("a is %v, not %s", got, test.value)
			}
			if file, line := loaded.Position("a"); file != "f.yaml" || line != test.line {
				t.Errorf("a is at %s:%d, not line %d", file, line, test.line)
			}
			edited, problems := values.Apply(source, values.Change{Path: "a", Value: `"new"`})
			if test.edited == "" {
				if len(problems) != 1 || problems[0].Line != test.line {
					t.Errorf("not refused at line %d: %v", test.line, problems)
				}
				return
			}
			lines := strings.Split(test.text, "\n")
			lines[test.line-1] = test.edited
			if want := strings.Join(lines, "\n"); problems != nil || string(edited) != want {
				t.Errorf("%v\n%s\nwant\n%s", problems, edited, want)
			}
		})
	}
}

func app(source string) string {
	return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n      chart: orkes-conductor\n      " + source
}

func sources(list string) string {
	return "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec:\n  template:\n   spec:\n    sources:\n" + list
}

// TestGlobalsArePassedDown: the parent's global overrides that of the subchart, across all files.
func TestGlobalsArePassedDown(t *testing.T) {
	one := values.Source{Name: "1.yaml", Under: "c", Data: []byte("global: {a: 1, t: {x: 1}}\nc:\n  global: {a: 2, b: 2, t: {z: 2}}\n")}
	two := values.Source{Name: "2.yaml", Under: "c", Data: []byte("c: {global: {a: 3, d: 3}}\n")}
	loaded, err := values.Load(one, two)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct {
		value any
		file  string
		line  int
	}{
		"global.a": {1.0, "1.yaml", 1}, "global.b": {2.0, "1.yaml", 3}, "global.d": {3.0, "2.yaml", 1},
		"global.t.x": {1.0, "1.yaml", 1}, "global.t.z": {2.0, "1.yaml", 3},
	} {
		value, _ := loaded.Lookup(path)
		if file, line := loaded.Position(path); value != want.value || file != want.file || line != want.line {
			t.Errorf("%s is %v at %s:%d, not %v", path, value, file, line, want)
		}
	}
	edited, problems := values.Apply(one, values.Change{Path: "global.a", Value: "7"}, values.Change{Path: "global.b", Value: "8"})
	if want := "global: {a: 7, t: {x: 1}}\nc:\n  global: {a: 2, b: 8, t: {z: 2}}\n"; problems != nil || string(edited) != want {
		t.Errorf("%v\n%s", problems, edited)
	}
}

// TestNullOverParentDefaults: as helm 3 and 4 do, a null of the user's removes a value of the subchart, also one that the
// parent's defaults set, but not one that they pass down in global.
func TestNullOverParentDefaults(t *testing.T) {
	for _, test := range []struct{ parent, own, want string }{
		{"global: {g: {k: 1}}\n", "global: {g: {k: null}}\n", "map[global:map[g:map[k:1]]]"},
		{"global: {g: {k: 1}}\nc: {global: {g: {k: 2}}}\n", "global: {g: null}\n", "map[global:map[g:map[k:1]]]"},
		{"global: {g: {k: 1}}\n", "global: null\n", "map[global:map[g:map[k:1]]]"},
		{"c: {global: {g: {k: 2}}}\n", "global: {g: {k: null}}\n", "map[global:map[g:map[k:<nil>]]]"},
		{"c: {global: {g: {k: 2}}}\n", "global: {g: null}\n", "map[global:map[g:map[k:2]]]"},
		{"global: {g: {k: 1}}\n", "global: {g: {k: null}}\nc: {global: {g: {k: 3}}}\n", "map[global:map[g:map[k:3]]]"},
		{"c: {x: 1}\n", "c: {x: null}\n", "map[x:<nil>]"},
	} {
		loaded, err := values.Load(values.Source{Name: "p.yaml", Under: "c", IsDefaults: true, Data: []byte(test.parent)},
			values.Source{Name: "v.yaml", Under: "c", Data: []byte(test.own)})
		if err != nil || fmt.Sprint(loaded.Tree()) != test.want {
			t.Errorf("%s%s%v, not %s (%v)", test.parent, test.own, loaded.Tree(), test.want, err)
		}
	}
}

// TestRefusedObjects: what cannot be read inside says why, and what to type.
func TestRefusedObjects(t *testing.T) {
	two := release + "  values: {a: 1}\n---\n" + strings.Replace(release, "&name conductor", "b", 1) + "  values: {a: 2}\n"
	for text, want := range map[string]string{
		two:                         `f.yaml:8: the file has the values of several releases: HelmRelease "conductor" at line 2, HelmRelease "b" at line 8`,
		release + "  values: [1]\n": "f.yaml:5: spec.values is a list, and the HelmRelease needs a mapping there",
		app("helm:\n        values:\n          a: 1\n"):          "f.yaml:8: spec.source.helm.values is a mapping, and the Application needs text",
		app("helm:\n        values: |\n          a: 1\n\t\tb\n"): "f.yaml:9",
		app("helm:\n        values: |\n          a: b: c\n"):     "f.yaml:8: mapping values are not allowed",
	} {
		_, err := values.Parse(values.Source{Name: "f.yaml", Data: []byte(text)})
		parse, ok := errors.AsType[*values.ParseError](err)
		if !ok || !strings.Contains(err.Error(), want) || parse.IsOther && parse.Hint == "" && strings.Contains(want, "several") {
			t.Errorf("%q: %v, not %q", text, err, want)
		}
	}
}
