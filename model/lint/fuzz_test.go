package lint_test

import (
	"bytes"
	"testing"

	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// FuzzFix holds for all bytes: lint never crashes, a fix reports what is left, and a second fix changes nothing.
func FuzzFix(f *testing.F) {
	for _, text := range []string{
		"global: {image: {registry: 'https://R.io//x/', tag: 5.10}}", "existingImagePullSecret: [{name: a}]", "a: 1\n---\nb: 2\n",
		"server: {image: null}", "image.tag: 5\nimagePullSecrets: a", "x: &x R.io/\nglobal: {image: {registry: *x}}", "server: {image: {tag: '\"5\"'}}",
		"# conductor-registry:ignore moving-tag\nglobal: {image: {tag: latest}}", "kind: Pod\napiVersion: v1", "global:\n\timage: x\n", "",
		"global: {image: {registry: '${X}/y', pullSecrets: [a, {name: b}]}}", "customImagePullSecrets: {registries: [{registry: R.io}]}",
	} {
		f.Add([]byte(text), false)
		f.Add([]byte(text), true)
	}
	in28, in30 := input(f, "values.yaml", nil), input(f, "values.yaml", []byte("# chart 3.0\n"))
	f.Fuzz(func(t *testing.T, data []byte, is30 bool) {
		in := in28
		if is30 {
			in = in30
		}
		in.Sources = []values.Source{{Name: "values.yaml", Data: data}}
		once, err := lint.Fix(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, left := range once.Left.Findings {
			if left.Rule == "" || left.Severity == "" || left.Summary == "" {
				t.Errorf("%q: an empty finding: %+v", data, left)
			}
		}
		in.Sources = once.Sources
		again, err := lint.Fix(in)
		if err != nil || !bytes.Equal(again.Sources[0].Data, once.Sources[0].Data) {
			t.Errorf("%q becomes %q, and then %q: %v", data, once.Sources[0].Data, again.Sources[0].Data, err)
		}
	})
}
