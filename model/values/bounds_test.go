package values_test

import (
	"fmt"
	"strings"
	"testing"

	"conductor-registry/model/values"
)

// large returns a values file of about that many bytes: tables k0, k1 ... with different entries.
func large(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "k%d:  # table\n  name: \"number %[1]d\"\n  list:\n  - a: %[1]d\n    b: [1, {c: 2}]\n  image: {tag: x}\n", i)
	}
	return b.String()
}

// Files that are too large, too deep, or that grow by aliases are edited or refused.
func TestBounds(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 9 {
		fmt.Fprintf(&bomb, "a%d: &a%[1]d [%s*a%d]\n", i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), i)
	}
	var steps strings.Builder
	for i := range 2000 {
		steps.WriteString(strings.Repeat(" ", i) + "k:\n")
	}
	tests := []struct{ name, data, path, want string }{
		{"larger than a values file", strings.Repeat("# 34567\n", 1<<20+1), "a", "is it the right file?"},
		{"deep in braces", strings.Repeat("{a: ", 9000) + "1" + strings.Repeat("}", 9000), "b", ""},
		{"deep in braces, letters of many bytes", strings.Repeat("{ä: ", 2000) + "1" + strings.Repeat("}", 2000), "b", ""},
		{"too deep", strings.Repeat("[", 20000), "a", "exceeded max depth"},
		{"deep in lines", steps.String(), "b", ""},
		{"aliases of aliases", bomb.String(), "b", "excessive aliasing"},
		{"a circle", "a: &a\n  b: *a\n", "a.c", "contains itself"},
		{"one long line", "a: " + strings.Repeat("x", 1<<20), "a", ""},
		{"many empty lines", strings.Repeat("\n", 1<<16) + "a: 1", "b", ""},
		{"many comments", strings.Repeat("# a\n", 1<<13) + "a: 1\n" + strings.Repeat("# a\n", 1<<13), "b", ""},
		{"one long list", "a: [" + strings.Repeat("1,", 1<<13) + "1]", "b", ""},
	}
	for _, test := range tests {
		data, problems := values.Apply(values.Source{Name: "v.yaml", Data: []byte(test.data)}, set(test.path, "2"))
		if test.want == "" && problems != nil || !strings.Contains(problems.Error(), test.want) {
			t.Errorf("%s: got %d bytes and %v", test.name, len(data), problems)
		}
	}
}

// BenchmarkApply makes 50 changes on 1 MB: replaced values, new keys in old and new tables, removed keys.
func BenchmarkApply(b *testing.B) {
	data := []byte(large(1 << 20))
	var all changes
	for i := range 10 {
		k := fmt.Sprintf("k%d.", i*100)
		all = append(all, set(k+"name", "1"), set(k+"new", "- a"), set(k+"image.tag", "z"), remove(k+"list"), set(fmt.Sprintf("top%d.x", i), "1"))
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, problems := values.Apply(values.Source{Name: "v.yaml", Data: data}, all...); problems != nil {
			b.Fatal(problems)
		}
	}
}
