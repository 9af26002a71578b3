package values_test

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"conductor-registry/model/values"
)

// notIndentable matches what is read in another way when each line of a file is indented: documents, directives, tabs,
// other line ends, and objects, whose values are below a key.
var notIndentable = regexp.MustCompile("(?m)^(---|\\.\\.\\.|%)|\t|\r|\u0085|\u2028|\u2029|\ufeff|kind|apiVersion")

// FuzzWrapped reads and edits values where they live. Values in a HelmRelease are those of the same text as a file, at
// the lines of the outer file. An edit can be read back, and made twice it changes nothing.
func FuzzWrapped(f *testing.F) {
	for _, text := range []string{
		"a: old # why\nb: 1\n", "a: {b: 1}\n", "b: |\n  x\n\n  y\na: c\n", "a: &x {c: 1}\nb: *x\n", "# only\n", "a: \"x\n  y\"\n", "a:\n- 1\n",
		"global: {image: {tag: 5.10}}\na: null\n", release + "  values:\n    a: old\n", release + "  valuesFrom: [{name: x}]\n", release,
		app("helm:\n        values: |\n          a: old\n"), app("helm:\n        values: \"a: old\"\n"),
		app("helm:\n        parameters: [{name: a, value: x}, {name: 'b[0]', value: '1', forceString: true}]\n"),
		app("helm:\n        valuesObject: {a: 1}\n        values: |\n          a: 2\n"), "apiVersion: v1\nkind: ConfigMap\ndata: {values.yaml: 'a: 1'}\n",
		sources("    - helm: {valuesObject: {a: 1}}\n    - helm: {values: 'a: 2'}\n"), "x:\n  global: {b: 1}\n  a: 1\nglobal: {c: 2}\n",
	} {
		for _, under := range []string{"", "x", "x.z"} {
			f.Add([]byte(text), under, "new")
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, under, value string) {
		source := values.Source{Name: "f.yaml", Data: data, Under: under}
		loaded, err := values.Load(source)
		if err != nil {
			if wrong, ok := errors.AsType[*values.ParseError](err); !ok || wrong.Line < 0 || wrong.Line > len(data)+2 {
				t.Errorf("%q: %#v", data, err)
			}
			return
		}
		checkIndented(t, loaded, source)
		c := values.Change{Path: "a", Value: values.Quote(value)}
		edited, problems := values.Apply(source, c)
		if problems != nil {
			if edited != nil || problems[0].Summary == "" || problems[0].Line < 0 || problems[0].Line > len(data)+2 {
				t.Errorf("%q: %q with %v", data, edited, problems)
			}
			return
		}
		source.Data = edited
		again, err := values.Load(source)
		if err != nil {
			t.Fatalf("%q: %v in %q", data, err, edited)
		}
		if got, _ := again.Lookup("a"); valid(value) && got != value {
			t.Errorf("%q: a is %v, not %q, in %q", data, got, value, edited)
		}
		if twice, problems := values.Apply(source, c); problems != nil || string(twice) != string(edited) {
			t.Errorf("%q: %q, and then %q, %v", data, edited, twice, problems)
		}
	})
}

// checkIndented compares values with those of the same text in a HelmRelease.
func checkIndented(t *testing.T, plain *values.Values, source values.Source) {
	t.Helper()
	text := string(source.Data)
	if notIndentable.MatchString(text) || len(plain.Tree()) == 0 {
		return
	}
	outer := release + "  values:\n"
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			line = "    " + line
		}
		outer += line
	}
	wrapped, err := values.Load(values.Source{Name: "f.yaml", Data: []byte(outer), Under: source.Under})
	if err != nil {
		t.Fatalf("%q: %v", outer, err)
	}
	if !reflect.DeepEqual(wrapped.Tree(), plain.Tree()) {
		t.Errorf("%q has %v, and in a release %v", text, plain.Tree(), wrapped.Tree())
	}
	_, line := plain.Position("a")
	if _, inOuter := wrapped.Position("a"); line > 0 && inOuter != line+strings.Count(release, "\n")+1 {
		t.Errorf("%q: a is at line %d, and in a release at %d", text, line, inOuter)
	}
}
