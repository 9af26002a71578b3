package values_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/values"
)

// Thousands of random files with a few changes each: the result has exactly the expected tree, every line that belongs
// to no change is unchanged and in its place, and the same changes again change nothing.
func TestMadeUpFiles(t *testing.T) {
	refused := map[string]int{}
	made := 0
	for seed := range uint64(2500) {
		f := newFile(seed)
		eol := f.oneOf("\n", "\n", "\r\n")
		before := f.data(eol, !f.maybe(5))
		changes := f.changes()
		after, problems := values.Apply(values.Source{Name: "values.yaml", Data: before}, changes...)
		if problems != nil {
			for _, p := range problems {
				refused[p.Summary]++
				if strings.Contains(p.Summary, "would differ") || !strings.Contains(p.Summary, "this key") {
					t.Errorf("seed %d: %v\n%s\n%+v", seed, p, before, changes)
				}
			}
			continue
		}
		made++
		want := tree(t, before)
		for _, c := range changes {
			want = wanted(t, want, c)
		}
		if got := tree(t, after); !reflect.DeepEqual(got, want) && len(got.(map[string]any))+len(want.(map[string]any)) > 0 {
			t.Errorf("seed %d: got\n%s\nfrom\n%s\n%+v\nwant %v", seed, after, before, changes, want)
		}
		if lost := f.lost(after, changes); lost != "" {
			t.Errorf("seed %d: lost %q in\n%s\nfrom\n%s\n%+v", seed, lost, after, before, changes)
		}
		if again, problems := values.Apply(values.Source{Name: "values.yaml", Data: after}, changes...); problems != nil || !bytes.Equal(again, after) {
			t.Errorf("seed %d: twice\n%s\nonce\n%s\n%v\n%+v", seed, again, after, problems, changes)
		}
		if bytes.Contains(before, []byte("\r\n")) && bytes.Count(after, []byte("\n")) != bytes.Count(after, []byte("\r\n")) {
			t.Errorf("seed %d: line ends differ in %q", seed, after)
		}
	}
	t.Logf("%d files changed, refused: %v", made, refused)
	if made < 2000 {
		t.Errorf("only %d files could be changed; refused: %v", made, refused)
	}
}

// changes returns one to four changes, none below another.
func (f *yamlFile) changes() []values.Change {
	var out []values.Change
	for range 1 + f.random.IntN(4) {
		var c values.Change
		switch f.random.IntN(5) {
		case 0:
			c.Path = f.pick(f.leaves)
			c.Remove = true
		case 1:
			c.Path = join(f.pick(f.tables), f.unique("new"))
			c.Value = f.oneOf("- name: x\n- name: z", "a: 1\nb:\n  - c: 2", "[1, {a: 2}]")
		case 2:
			c.Path = join(f.pick(f.tables), f.unique("new")+f.oneOf("", ".deep", ".deep.deeper"))
			c.Value, c.Comment = f.unique("new "), f.oneOf("", f.unique("comment "))
		default:
			c.Path, c.Value = f.pick(f.leaves), f.oneOf(`"new"`, "3", "[a, 'b']", "- a", "null")
		}
		if c.Path != "" && (!c.Remove || !strings.HasSuffix(c.Path, "]")) &&
			!slices.ContainsFunc(out, func(o values.Change) bool { return over(c.Path, o.Path) || over(o.Path, c.Path) }) {
			out = append(out, c)
		}
	}
	return out
}

func (f *yamlFile) pick(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	return paths[f.random.IntN(len(paths))]
}

// over reports whether a path equals another or is above it.
func over(path, other string) bool {
	rest, ok := strings.CutPrefix(other, path)
	return ok && (rest == "" || path == "" || strings.ContainsAny(rest[:1], ".["))
}

// lost returns the first line that no change may touch and that is missing in the result, in order.
func (f *yamlFile) lost(after []byte, changes []values.Change) string {
	lines := strings.Split(strings.ReplaceAll(string(after), "\r\n", "\n"), "\n")
	for _, line := range f.lines {
		touched := slices.ContainsFunc(changes, func(c values.Change) bool { return f.touches(c, line.owner) })
		if touched {
			continue
		}
		i := slices.Index(lines, line.text)
		if i < 0 {
			return line.text
		}
		lines = lines[i+1:]
	}
	return ""
}

// touches reports whether a change may touch the lines of an owner: those of its own key, of an empty table or braces
// that it is added to, and for a removed key those of its comment and of the tables that may be left empty.
func (f *yamlFile) touches(c values.Change, owner string) bool {
	key, comment := strings.CutPrefix(owner, "#")
	switch {
	case owner == "":
		return false
	case comment:
		return c.Remove && key != "" && over(key, c.Path)
	case over(c.Path, key):
		return true
	case !over(key, c.Path):
		return false
	}
	inLines := slices.ContainsFunc(f.lines, func(l yamlLine) bool {
		return !strings.HasPrefix(l.owner, "#") && l.owner != key && over(key, l.owner)
	})
	return c.Remove || !inLines
}

func tree(t *testing.T, data []byte) any {
	t.Helper()
	out := map[string]any{}
	if err := yaml.Unmarshal(data, &out); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return out
}

// wanted returns the tree with a change made. It changes the given tree.
func wanted(t *testing.T, now any, c values.Change) any {
	t.Helper()
	var value any
	if err := yaml.Unmarshal([]byte(c.Value), &value); err != nil {
		t.Fatal(err)
	}
	return put(now, strings.Split(strings.ReplaceAll(c.Path, "[", ".["), "."), c.Remove, value)
}

func put(now any, keys []string, remove bool, value any) any {
	if len(keys) == 0 {
		return value
	}
	if list, isList := now.([]any); isList {
		i, _ := strconv.Atoi(strings.Trim(keys[0], "[]"))
		list[i] = put(list[i], keys[1:], remove, value)
		return list
	}
	table, _ := now.(map[string]any)
	if table == nil {
		table = map[string]any{}
	}
	if remove && len(keys) == 1 {
		delete(table, keys[0])
		return table
	}
	below := put(table[keys[0]], keys[1:], remove, value)
	table[keys[0]] = below
	if remove && fmt.Sprint(below) == "map[]" {
		delete(table, keys[0])
	}
	return table
}
